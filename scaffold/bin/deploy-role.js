// The app of the role with which .github/workflows/main.yml deploys. The owner of the accounts deploys it once:
//
//   npx cdk deploy --app "node bin/deploy-role.js" -c repository=OWNER/NAME -c repositoryOwnerId=… -c repositoryId=… \
//     -c targets=aws://ACCOUNT/REGION
//
// Both ids come from gh api repos/OWNER/NAME --jq '.owner.id, .id'.
require('cdk-bucket-integrations/deploy-role');
