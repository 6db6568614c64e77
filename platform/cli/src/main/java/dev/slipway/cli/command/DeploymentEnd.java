package dev.slipway.cli.command;

import dev.slipway.cli.api.App;
import dev.slipway.cli.api.Deployment;
import dev.slipway.cli.deploy.DeploymentReport;
import dev.slipway.cli.deploy.DeploymentWatch;
import dev.slipway.cli.output.ExitCode;

/** Tells how a deployment that was started ends. */
final class DeploymentEnd {
  private final Invocation invocation;

  DeploymentEnd(Invocation invocation) {
    this.invocation = invocation;
  }

  /** Follows the deployment with --wait; gives the exit code. */
  int report(App app, Deployment started, WaitOptions wait) {
    var report = new DeploymentReport(invocation.output());
    if (!wait.enabled) {
      report.started(app, started);
      return ExitCode.OK.number();
    }
    var patience = invocation.client().timeouts().patience();
    var watch = new DeploymentWatch(invocation.deployments(), started, report, patience);
    var ended = watch.await(wait.limit());
    report.ended(again(app), ended);
    return (ended.isLive() ? ExitCode.OK : ExitCode.FAILED).number();
  }

  /** Read anew where that is allowed, since the first deployment gives an app its address. */
  private App again(App app) {
    var bound = invocation.client().session().onlyApp().isPresent();
    return bound ? app : invocation.apps().get(app.id());
  }
}
