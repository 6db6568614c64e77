package dev.slipway.deployments;

import dev.slipway.api.ErrorCode;
import dev.slipway.api.ErrorKind;

/** Every refusal of the feature. */
public enum DeploymentsError implements ErrorCode {
  NOT_FOUND("deployments.deployment.missing", ErrorKind.MISSING, "There is no such deployment."),
  NOT_PENDING(
      "deployments.deployment.not-pending",
      ErrorKind.CONFLICT,
      "The deployment does not wait any more: it is {0}."),
  NOT_HELD(
      "deployments.deployment.not-held",
      ErrorKind.CONFLICT,
      "The deployment does not wait for an approval: it is {0}."),
  NO_APPROVER(
      "deployments.approval.no-approver",
      ErrorKind.FORBIDDEN,
      "The app's approval policy does not let you decide on this deployment: {0}."),
  INTENT_NOT_FOUND(
      "deployments.intent.missing", ErrorKind.MISSING, "There is no such deployment intent."),
  INTENT_CLOSED(
      "deployments.intent.closed",
      ErrorKind.CONFLICT,
      "The intent is no longer queued: it is {0}."),
  HOOK_NOT_FOUND("deployments.hook.missing", ErrorKind.MISSING, "There is no such deploy hook."),
  TOO_MANY_HOOKS(
      "deployments.hook.too-many", ErrorKind.CONFLICT, "An app has at most {0} deploy hooks."),
  HOOK_SIGNATURE(
      "deployments.hook.signature",
      ErrorKind.UNAUTHENTICATED,
      "The signature does not fit: the webhook's secret must be the token of the deploy hook."),
  TOKEN_NOT_FOUND("deployments.token.missing", ErrorKind.MISSING, "There is no such deploy token."),
  TOO_MANY_TOKENS(
      "deployments.token.too-many",
      ErrorKind.CONFLICT,
      "A user has at most {0} deploy tokens for an app."),
  PREVIEW_NOT_FOUND("deployments.preview.missing", ErrorKind.MISSING, "There is no such preview."),
  NO_PREVIEW(
      "deployments.preview.none",
      ErrorKind.CONFLICT,
      "The deployment is not the one that runs in an open preview."),
  BUILD_NOT_FOUND("deployments.build.missing", ErrorKind.MISSING, "There is no such build."),
  RELEASE_NOT_FOUND("deployments.release.missing", ErrorKind.MISSING, "There is no such release."),
  ROLLOUT_EXISTS(
      "deployments.rollout.exists", ErrorKind.CONFLICT, "The app has a rollout policy already."),
  ROLLOUT_NOT_FOUND(
      "deployments.rollout.missing", ErrorKind.MISSING, "The app has no rollout policy."),
  GATE_FAILED("deployments.rollout.gate-failed", ErrorKind.UNPROCESSABLE, "{0}"),
  NOT_SCORED(
      "deployments.health-score.missing",
      ErrorKind.MISSING,
      "The deployment has not been scored yet."),
  NONE_IN_PROGRESS(
      "deployments.deployment.none-in-progress",
      ErrorKind.MISSING,
      "No deployment of the app is in progress."),
  NOTHING_TO_ROLL_BACK_TO(
      "deployments.rollback.no-version",
      ErrorKind.MISSING,
      "There is no earlier version to go back to."),
  ENVIRONMENT_NOT_FOUND(
      "deployments.deployment.no-environment", ErrorKind.MISSING, "There is no such environment."),
  PROMOTION_AND_SOURCE(
      "deployments.promotion.ambiguous",
      ErrorKind.INVALID,
      "What is promoted is shipped as it is, without a branch, commit, image or rebuild."),
  PROMOTION_NEVER_LIVE(
      "deployments.promotion.never-live",
      ErrorKind.UNPROCESSABLE,
      "The deployment was never live, so that there is nothing to promote."),
  PROMOTION_AT_HOME(
      "deployments.promotion.at-home",
      ErrorKind.UNPROCESSABLE,
      "The deployment is one of this environment; roll back to it instead."),
  PROMOTION_OFF_THE_WAY(
      "deployments.promotion.off-the-way",
      ErrorKind.UNPROCESSABLE,
      "The environment takes what is promoted from {0} alone."),
  PROMOTION_OF_PREVIEW(
      "deployments.promotion.preview",
      ErrorKind.UNPROCESSABLE,
      "What a pull request has brought is not promoted; merge it, and deploy the branch."),
  PROMOTION_ELSEWHERE(
      "deployments.promotion.elsewhere",
      ErrorKind.UNPROCESSABLE,
      "The image lies on another server than the environment's, and in no registry by its digest."),
  ALREADY_LIVE(
      "deployments.rollback.already-live", ErrorKind.CONFLICT, "This version is live already."),
  BUSY("deployments.app.busy", ErrorKind.CONFLICT, "The app is being worked on: {0}."),
  APP_DELETING("deployments.app.deleting", ErrorKind.CONFLICT, "The app is being deleted."),
  SERVER_CLOSED(
      "deployments.server.closed",
      ErrorKind.CONFLICT,
      "The server {0} takes no deployments: it is cordoned, draining or being removed."),
  SERVER_OFFLINE(
      "deployments.server.offline",
      ErrorKind.UNPROCESSABLE,
      "The agent of the server {0} is offline."),
  NO_SERVER(
      "deployments.server.none",
      ErrorKind.UNPROCESSABLE,
      "There is no server that takes deployments."),
  NOT_DEPLOYED(
      "deployments.app.not-deployed", ErrorKind.UNPROCESSABLE, "The app was never deployed."),
  COMPOSE_UNSUPPORTED(
      "deployments.server.no-compose",
      ErrorKind.UNPROCESSABLE,
      "The agent of the server {0} can not run Compose files; that takes Slipway''s own agent with"
          + " a container engine."),
  PROCESS_NOT_DEPLOYED(
      "deployments.scale.no-process",
      ErrorKind.UNPROCESSABLE,
      "The version that is live has no process {0}."),
  RELEASE_UNSUPPORTED(
      "deployments.server.no-release-hooks",
      ErrorKind.UNPROCESSABLE,
      "The agent of the server {0} does not say that it runs release hooks; that takes Slipway''s"
          + " own agent."),
  RELEASE_OF_COMPOSE(
      "deployments.release-hook.compose",
      ErrorKind.UNPROCESSABLE,
      "What a Compose file describes has no release hook; take it from the app, and have a service"
          + " of the file run it."),
  COMPOSE_ONCE(
      "deployments.scale.compose",
      ErrorKind.UNPROCESSABLE,
      "What a Compose file describes runs once."),
  NO_SOURCE(
      "deployments.source.none",
      ErrorKind.UNPROCESSABLE,
      "The app has no source yet: upload a folder, or set a repository URL or an image."),
  COMMIT_UNKNOWN(
      "deployments.source.commit-unknown",
      ErrorKind.UNPROCESSABLE,
      "The app's repository has no such commit on that branch."),
  BRANCH_UNKNOWN(
      "deployments.source.branch-unknown",
      ErrorKind.UNPROCESSABLE,
      "The app's repository has no such branch."),
  BRANCH_IN_THE_WAY(
      "deployments.source.branch-in-the-way",
      ErrorKind.CONFLICT,
      "The app's repository has a branch whose name leaves no room for a branch {0}."),
  COMMIT_ABBREVIATED(
      "deployments.source.commit-abbreviated",
      ErrorKind.UNPROCESSABLE,
      "A commit of a repository elsewhere must be named by its full id of 40 characters."),
  IMAGE_AND_SOURCE(
      "deployments.source.ambiguous",
      ErrorKind.INVALID,
      "An image can not be deployed together with a branch or a commit."),
  NO_RECIPE(
      "deployments.build.no-recipe",
      ErrorKind.UNPROCESSABLE,
      "there is no Dockerfile, and none can be made for what was detected: {0}"),
  NO_START_COMMAND(
      "deployments.build.no-start-command",
      ErrorKind.UNPROCESSABLE,
      "there is no Dockerfile, and no start command is known; set the app's start command"),
  IMAGES_UNSUPPORTED(
      "deployments.server.no-images",
      ErrorKind.UNPROCESSABLE,
      "the server {0} runs plain processes and can not run images"),
  KEPT_NOT_FOUND(
      "deployments.kept-volume.missing", ErrorKind.MISSING, "There is no such kept data."),
  KEPT_IN_USE("deployments.kept-volume.in-use", ErrorKind.CONFLICT, "It is in use: {0}."),
  KEPT_PURGING(
      "deployments.kept-volume.purging", ErrorKind.CONFLICT, "It is being deleted already."),
  ARCHIVE_INVALID(
      "deployments.archive.invalid", ErrorKind.INVALID, "The archive is not accepted: {0}."),
  ARCHIVE_TOO_LARGE(
      "deployments.archive.too-large", ErrorKind.TOO_LARGE, "The archive is too large: {0}.");

  private final String code;
  private final ErrorKind kind;
  private final String message;

  DeploymentsError(String code, ErrorKind kind, String message) {
    this.code = code;
    this.kind = kind;
    this.message = message;
  }

  @Override
  public String code() {
    return code;
  }

  @Override
  public ErrorKind kind() {
    return kind;
  }

  @Override
  public String message() {
    return message;
  }
}
