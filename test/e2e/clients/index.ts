import { awsCli } from './aws-cli';
import { awsCli2 } from './aws-cli-2';
import { boto3 } from './boto3';
import type { Client } from './client';
import { minio } from './minio';
import { rclone } from './rclone';
import { restic } from './restic';
import { s3cmd } from './s3cmd';

export const CLIENTS: readonly Client[] = [awsCli, awsCli2, boto3, minio, rclone, restic, s3cmd];
