package dev.slipway.fleet.service.placement;

import dev.slipway.api.Caller;
import dev.slipway.api.Ids;
import dev.slipway.api.PlatformException;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.event.Events;
import dev.slipway.data.Database;
import dev.slipway.fleet.FleetError;
import dev.slipway.fleet.PlacementEvent;
import dev.slipway.fleet.service.Residents;
import dev.slipway.fleet.store.placement.PlacementStore;
import dev.slipway.fleet.store.placement.RuleRow;
import dev.slipway.fleet.store.placement.RuleRow.Kind;
import dev.slipway.fleet.store.placement.RuleRow.Operator;
import dev.slipway.fleet.store.placement.RuleRow.Target;
import dev.slipway.fleet.store.server.Candidate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Where apps must, should and should not run. */
@Component(service = PlacementRules.class)
public final class PlacementRules {
  private static final int MOST = 50;
  private static final int DEFAULT_WEIGHT = 50;
  private static final Pattern ID =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", Pattern.CASE_INSENSITIVE);

  private final Database db;
  private final PlacementStore store;
  private final Residents residents;
  private final Events events;

  @Activate
  public PlacementRules(
      @Reference Database db,
      @Reference PlacementStore store,
      @Reference Residents residents,
      @Reference Events events) {
    this.db = db;
    this.store = store;
    this.residents = residents;
    this.events = events;
  }

  /** A rule to be. */
  public record Draft(
      Kind kind,
      Target target,
      @Nullable String key,
      Operator operator,
      List<String> values,
      @Nullable Integer weight) {}

  public List<RuleRow> list(Caller caller, UUID appId) {
    var scope = Scope.of(caller);
    return db.read(
        scope,
        () -> {
          residents.requireApp(scope, appId);
          return store.rules(appId);
        });
  }

  public RuleRow add(Caller caller, UUID appId, Draft draft) {
    check(draft);
    var scope = Scope.of(caller);
    var weight =
        draft.kind() == Kind.REQUIRE
            ? null
            : Objects.requireNonNullElse(draft.weight(), DEFAULT_WEIGHT);
    var rule =
        new RuleRow(
            Ids.next(),
            caller.tenantId(),
            appId,
            draft.kind(),
            draft.target(),
            draft.key(),
            draft.operator(),
            List.copyOf(draft.values()),
            weight,
            Times.now());
    return db.write(
        scope,
        () -> {
          residents.requireApp(scope, appId);
          if (store.rules(appId).size() >= MOST) {
            throw FleetError.RULES_EXHAUSTED.of(MOST);
          }
          store.add(rule);
          events.publish(new PlacementEvent.RuleAdded(appId, rule.tenantId(), rule.id()));
          return rule;
        });
  }

  public void remove(Caller caller, UUID appId, UUID ruleId) {
    var scope = Scope.of(caller);
    db.run(
        scope,
        () -> {
          residents.requireApp(scope, appId);
          if (!store.removeRule(appId, ruleId)) {
            throw FleetError.RULE_NOT_FOUND.of();
          }
          events.publish(new PlacementEvent.RuleRemoved(appId, caller.tenantId(), ruleId));
        });
  }

  private static void check(Draft draft) {
    var label = draft.target() == Target.LABEL;
    if (label && (draft.key() == null || draft.key().isBlank())) {
      throw wrong("key", "a rule on a label needs its key");
    }
    if (!label && draft.key() != null) {
      throw wrong("key", "only a rule on a label has a key");
    }
    if (draft.operator() == Operator.EXISTS && !(label && draft.values().isEmpty())) {
      throw wrong("operator", "exists is for labels, and without values");
    }
    if (draft.operator() != Operator.EXISTS && draft.values().isEmpty()) {
      throw wrong("values", "at least one value is needed");
    }
    if (draft.kind() == Kind.REQUIRE && draft.weight() != null) {
      throw wrong("weight", "a requirement has no weight");
    }
    var ids = draft.target() == Target.POOL || draft.target() == Target.SERVER;
    if (ids && !draft.values().stream().allMatch(value -> ID.matcher(value).matches())) {
      throw wrong("values", "pools and servers are named by their ids");
    }
  }

  private static PlatformException wrong(String field, String why) {
    return FleetError.RULE_INVALID.at(field, why);
  }

  /** Whether a server meets all requirements. */
  static boolean allows(List<RuleRow> rules, Candidate server) {
    return rules.stream()
        .filter(rule -> rule.kind() == Kind.REQUIRE)
        .allMatch(rule -> matches(rule, server));
  }

  /** How well a server fits what is preferred and avoided; more is better. */
  static int score(List<RuleRow> rules, Candidate server) {
    var score = 0;
    for (var rule : rules) {
      if (rule.weight() != null && matches(rule, server)) {
        score += rule.kind() == Kind.PREFER ? rule.weight() : -rule.weight();
      }
    }
    return score;
  }

  private static boolean matches(RuleRow rule, Candidate server) {
    var has = has(rule, server);
    var wanted = rule.values().stream().map(PlacementRules::word).collect(Collectors.toSet());
    return switch (rule.operator()) {
      case EXISTS -> !has.isEmpty();
      case IN -> has.stream().anyMatch(wanted::contains);
      case NOT_IN -> has.stream().noneMatch(wanted::contains);
    };
  }

  private static List<String> has(RuleRow rule, Candidate server) {
    return switch (rule.target()) {
      case LABEL -> {
        var value = server.labels().get(Objects.requireNonNull(rule.key()));
        yield value == null ? List.of() : List.of(value.toString());
      }
      case POOL -> server.pools().stream().map(PlacementRules::word).toList();
      case SERVER -> List.of(server.id().toString());
      case REGION -> server.region() == null ? List.of() : List.of(server.region());
    };
  }

  /** Ids are stored as they were written. */
  private static String word(Object value) {
    var text = value.toString();
    return ID.matcher(text).matches() ? text.toLowerCase() : text;
  }
}
