resource "aws_iam_policy" "globex_assumed-role-active" {
  name        = "globex_assumed-role-active"
  description = "What it takes to use globex_assumed-role-active"

  policy = <<-EOT
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Sid": "Assume",
          "Effect": "Allow",
          "Action": "sts:AssumeRole",
          "Resource": "arn:aws:iam::111122223333:role/globex_assumed-role-active"
        }
      ]
    }
  EOT
}

resource "aws_iam_role_policy_attachment" "globex_assumed-role-active_role" {
  role       = "exporter"
  policy_arn = aws_iam_policy.globex_assumed-role-active.arn
}

resource "aws_iam_user_policy_attachment" "globex_assumed-role-active_user" {
  user       = "loader"
  policy_arn = aws_iam_policy.globex_assumed-role-active.arn
}
