// The app of the role with which .github/workflows/main.yml deploys. It is deployed once, by whoever looks after the accounts:
//
//   npx cdk deploy --app "node bin/deploy-role.js" -c repository=OWNER/NAME -c repositoryOwnerId=… -c repositoryId=… \
//     -c targets=aws://ACCOUNT/REGION
//
// Both ids come from gh api repos/OWNER/NAME --jq '.owner.id, .id'.
require('cdk-bucket-integrations/deploy-role');
