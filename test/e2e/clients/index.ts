import { awsCli } from './aws-cli';
import { boto3 } from './boto3';
import type { Client } from './client';
import { rclone } from './rclone';
import { s3cmd } from './s3cmd';

export const CLIENTS: readonly Client[] = [awsCli, boto3, rclone, s3cmd];
