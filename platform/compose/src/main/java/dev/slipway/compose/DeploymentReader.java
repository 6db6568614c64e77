package dev.slipway.compose;

import dev.slipway.compose.StackService.Deployment;
import dev.slipway.compose.StackService.Restart;
import dev.slipway.compose.StackService.Update;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads how a swarm is to run a service. */
final class DeploymentReader {
  private static final int MOST_REPLICAS = 1000;
  private static final int MOST_ATTEMPTS = 1_000_000;
  private static final Pattern SHARE = Pattern.compile("0(?:\\.\\d{1,6})?|1(?:\\.0{1,6})?");
  private static final Pattern CONSTRAINT =
      Pattern.compile("[A-Za-z0-9._-]{1,128} *(?:==|!=) *[A-Za-z0-9._:/ -]{1,128}");
  private static final Set<String> ACTIONS = Set.of("pause", "continue", "rollback");
  private static final Set<String> ACTIONS_OF_ROLLBACK = Set.of("pause", "continue");
  private static final Set<String> ORDERS = Set.of("stop-first", "start-first");
  private static final Set<String> CONDITIONS = Set.of("none", "on-failure", "any");

  private DeploymentReader() {}

  /**
   * @param setAside that the caller has read, as it has the limits
   */
  static Deployment read(Fields deploy, Service.Limits setAside) {
    var mode = word(deploy, "mode", Set.of("replicated", "global"));
    var replicas = number(deploy, "replicas", 0, MOST_REPLICAS);
    boolean global = "global".equals(mode);
    if (global && replicas != null) {
      deploy.problem("replicas", "a global service runs once on each node");
    }
    var placement = deploy.object("placement");
    var perNode = number(placement, "max_replicas_per_node", 1, MOST_REPLICAS);
    var read =
        new Deployment(
            global,
            replicas == null ? 1 : replicas,
            "dnsrr".equals(word(deploy, "endpoint_mode", Set.of("vip", "dnsrr"))),
            ServiceReader.labels(deploy),
            update(deploy, "update_config", ACTIONS),
            update(deploy, "rollback_config", ACTIONS_OF_ROLLBACK),
            restart(deploy),
            constraints(placement),
            perNode == null ? 0 : perNode,
            setAside);
    placement.end();
    deploy.end();
    return read;
  }

  private static List<String> constraints(Fields placement) {
    var constraints = placement.texts("constraints");
    if (constraints == null) {
      return List.of();
    }
    if (!constraints.stream().allMatch(each -> CONSTRAINT.matcher(each).matches())) {
      placement.problem("constraints", "is not a list such as [\"node.role == worker\"]");
    }
    return constraints;
  }

  private static @Nullable Update update(Fields deploy, String key, Set<String> actions) {
    if (deploy.value(key) == null) {
      return null;
    }
    var update = deploy.object(key);
    var share = update.text("max_failure_ratio");
    if (share != null && !SHARE.matcher(share).matches()) {
      update.problem("max_failure_ratio", "is not a number from 0 to 1");
    }
    var read =
        new Update(
            number(update, "parallelism", 0, MOST_REPLICAS),
            HealthReader.time(update, "delay"),
            word(update, "failure_action", actions),
            HealthReader.time(update, "monitor"),
            share == null || !SHARE.matcher(share).matches() ? null : Double.valueOf(share),
            word(update, "order", ORDERS));
    update.end();
    return read;
  }

  private static @Nullable Restart restart(Fields deploy) {
    if (deploy.value("restart_policy") == null) {
      return null;
    }
    var restart = deploy.object("restart_policy");
    var read =
        new Restart(
            word(restart, "condition", CONDITIONS),
            HealthReader.time(restart, "delay"),
            number(restart, "max_attempts", 0, MOST_ATTEMPTS),
            HealthReader.time(restart, "window"));
    restart.end();
    return read;
  }

  private static @Nullable String word(Fields fields, String key, Set<String> words) {
    var text = fields.text(key);
    if (text != null && !words.contains(text)) {
      fields.problem(key, "is none of " + words.stream().sorted().toList());
      return null;
    }
    return text;
  }

  private static @Nullable Integer number(Fields fields, String key, int least, int most) {
    var text = fields.text(key);
    var number = text == null ? null : Amounts.whole(text, least, most);
    if (text != null && number == null) {
      fields.problem(key, "is not " + least + " to " + most);
    }
    return number;
  }
}
