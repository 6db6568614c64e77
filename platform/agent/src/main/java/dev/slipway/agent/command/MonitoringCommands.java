package dev.slipway.agent.command;

import dev.slipway.agent.monitor.HealthChecks;
import dev.slipway.agent.os.LineSink;
import dev.slipway.proto.agent.v1.CommandType;
import dev.slipway.proto.agent.v1.HealthCheckConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

/** The configuration of health checks by command. */
public final class MonitoringCommands {
  private final HealthChecks checks;

  public MonitoringCommands(HealthChecks checks) {
    this.checks = checks;
  }

  public Map<CommandType, CommandHandler> handlers() {
    return Map.of(CommandType.COMMAND_TYPE_CONFIGURE_MONITORING, this::configure);
  }

  private Reply configure(Payload payload, LineSink progress) throws CommandFailure {
    var configs = new ArrayList<HealthCheckConfig>();
    for (var check : payload.objects("health_checks")) {
      configs.add(
          HealthCheckConfig.newBuilder()
              .setId(check.text("id", ""))
              .setName(check.text("name", ""))
              .setType(check.text("type", ""))
              .setTarget(check.text("target", ""))
              .setIntervalSeconds((int) check.integer("interval_seconds", 0))
              .setTimeoutMs((int) check.integer("timeout_ms", 0))
              .setExpectedStatus((int) check.integer("expected_status", 0))
              .setAppId(check.text("app_id", ""))
              .setDeployId(check.text("deploy_id", ""))
              .setDeployTimestamp(check.text("deploy_timestamp", ""))
              .setCommitSha(check.text("commit_sha", ""))
              .setPrevDeployId(check.text("prev_deploy_id", ""))
              .build());
    }
    var answer = new LinkedHashMap<String, Object>();
    answer.put("config_version", payload.integer("config_version", 0));
    answer.put("health_checks", checks.configure(configs));
    answer.put("statsd_enabled", payload.flag("statsd_enabled"));
    answer.put("statsd_port", payload.integer("statsd_port", 0));
    return Json.reply(answer);
  }
}
