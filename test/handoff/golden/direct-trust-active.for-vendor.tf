resource "aws_iam_policy" "globex_direct-trust-active" {
  name        = "globex_direct-trust-active"
  description = "What it takes to use globex_direct-trust-active"

  policy = <<-EOT
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Sid": "Location",
          "Effect": "Allow",
          "Action": "s3:GetBucketLocation",
          "Resource": "arn:aws:s3:::integrations-globex"
        },
        {
          "Sid": "List",
          "Effect": "Allow",
          "Action": "s3:ListBucket",
          "Resource": "arn:aws:s3:::integrations-globex",
          "Condition": {
            "StringLike": {
              "s3:prefix": "direct-trust-active/*"
            }
          }
        },
        {
          "Sid": "Objects",
          "Effect": "Allow",
          "Action": [
            "s3:GetObject",
            "s3:GetObjectAttributes",
            "s3:PutObject",
            "s3:AbortMultipartUpload",
            "s3:ListMultipartUploadParts",
            "s3:DeleteObject"
          ],
          "Resource": "arn:aws:s3:::integrations-globex/direct-trust-active/*"
        },
        {
          "Sid": "Key",
          "Effect": "Allow",
          "Action": [
            "kms:Decrypt",
            "kms:GenerateDataKey"
          ],
          "Resource": "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
          "Condition": {
            "StringEquals": {
              "kms:ViaService": "s3.us-east-1.amazonaws.com"
            }
          }
        }
      ]
    }
  EOT
}

resource "aws_iam_role_policy_attachment" "globex_direct-trust-active_role" {
  role       = "exporter"
  policy_arn = aws_iam_policy.globex_direct-trust-active.arn
}
