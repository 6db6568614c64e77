package dev.slipway.apps.service.secret;

import dev.slipway.api.Caller;
import dev.slipway.api.CommonError;
import dev.slipway.api.Page;
import dev.slipway.api.PageRequest;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.event.Events;
import dev.slipway.api.security.Secrets;
import dev.slipway.apps.AppsError;
import dev.slipway.apps.AppsEvent;
import dev.slipway.apps.EnvVar;
import dev.slipway.apps.RotationRule;
import dev.slipway.apps.TemplateVariable;
import dev.slipway.apps.TemplateVariable.Generator;
import dev.slipway.apps.service.variable.VariableAccess;
import dev.slipway.apps.store.EnvVarStore;
import dev.slipway.apps.store.RotationStore;
import dev.slipway.apps.store.SecretTemplateStore;
import dev.slipway.data.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** New values for secrets of any layer, for their users. */
@Component(service = RotationService.class)
public final class RotationService {
  private final Database database;
  private final Events events;
  private final VariableAccess access;
  private final EnvVarStore variables;
  private final RotationStore rules;
  private final SecretTemplateStore templates;
  private final Rotator rotator;

  /** Made by the component runtime. */
  @Activate
  public RotationService(
      @Reference Database database, @Reference Events events, @Reference Secrets secrets) {
    this.database = database;
    this.events = events;
    access = new VariableAccess(database);
    variables = new EnvVarStore(database);
    rules = new RotationStore(database);
    templates = new SecretTemplateStore(database);
    rotator = new Rotator(database, events, secrets);
  }

  /** A secret, and when it needs a new value. */
  public record Rotation(EnvVar variable, RotationRule rule) {}

  /**
   * The secrets that have a rule, those that are due first in front.
   *
   * @param dueOnly only those that are due or overdue
   */
  public Page<Rotation> list(Caller caller, boolean dueOnly, PageRequest page) {
    var at = dueOnly ? Times.now() : null;
    return database.read(
        Scope.of(caller),
        () -> {
          var found = rules.list(at, page);
          var ids = found.items().stream().map(RotationRule::id).toList();
          var byId =
              variables.findAll(ids).stream()
                  .collect(Collectors.toMap(EnvVar::id, Function.identity()));
          // Several statements: a variable may have gone in between.
          return new Page<>(
              found.items().stream()
                  .filter(rule -> byId.containsKey(rule.id()))
                  .map(rule -> new Rotation(byId.get(rule.id()), rule))
                  .toList(),
              found.total());
        });
  }

  /** The rule of a secret. */
  public Rotation get(Caller caller, UUID id) {
    return database.read(
        Scope.of(caller),
        () ->
            new Rotation(
                access.find(id), rules.find(id).orElseThrow(AppsError.ROTATION_NOT_FOUND::of)));
  }

  /** The rules of those of these variables that have one, by the variable's id. */
  public Map<UUID, RotationRule> rules(Caller caller, List<EnvVar> of) {
    var ids = of.stream().filter(EnvVar::isSecret).map(EnvVar::id).toList();
    return database.read(
        Scope.of(caller),
        () ->
            rules.findAll(ids).stream()
                .collect(Collectors.toMap(RotationRule::id, Function.identity())));
  }

  /** Sets the rule of a secret. */
  public Rotation put(Caller caller, UUID id, RotationDraft draft) {
    var now = Times.now();
    draft.check(now);
    return database.write(
        Scope.of(caller),
        () -> {
          var variable = secret(id);
          var rule = rule(caller, variable, draft, now);
          rules.put(rule);
          events.publish(
              new AppsEvent.RotationSet(
                  rule.tenantId(),
                  id,
                  variable.key(),
                  rule.intervalDays(),
                  rule.dueAt(),
                  rule.redeploy()));
          return new Rotation(variable, rule);
        });
  }

  /** Takes the rule of a secret away. */
  public void delete(Caller caller, UUID id) {
    database.run(
        Scope.of(caller),
        () -> {
          var variable = access.lock(id);
          if (!rules.delete(id)) {
            throw AppsError.ROTATION_NOT_FOUND.of();
          }
          events.publish(new AppsEvent.RotationRemoved(variable.tenantId(), id, variable.key()));
        });
  }

  /**
   * Gives a secret a new value now.
   *
   * @param value null = one that is made as its rule says
   */
  public EnvVar rotate(Caller caller, UUID id, @Nullable String value) {
    return database.write(
        Scope.of(caller),
        () -> {
          var variable = secret(id);
          var rule = rules.lock(id).orElse(null);
          var clear = value == null ? generated(rule) : value;
          return rotator.rotate(caller, variable, clear, rule != null && rule.redeploy());
        });
  }

  private static String generated(@Nullable RotationRule rule) {
    if (rule == null || !rule.generates()) {
      throw CommonError.INVALID
          .of()
          .withField("value", "must be given, no rule says how to make one");
    }
    return GeneratedValues.of(rule.generate());
  }

  private EnvVar secret(UUID id) {
    var variable = access.lock(id);
    if (!variable.isSecret()) {
      throw AppsError.NO_SECRET.of();
    }
    return variable;
  }

  private RotationRule rule(Caller caller, EnvVar variable, RotationDraft draft, Instant now) {
    var before = rules.lock(variable.id());
    var interval = draft.intervalDays();
    return new RotationRule(
        variable.id(),
        variable.tenantId(),
        generator(variable, draft),
        interval,
        draft.expiresAt() != null || interval == null
            ? draft.expiresAt()
            : now.plus(Duration.ofDays(interval)),
        draft.redeploy(),
        null,
        before.map(RotationRule::rotatedAt).orElse(null),
        caller.userId() == null ? caller.onBehalfOf() : caller.userId(),
        caller.name(),
        before.map(RotationRule::createdAt).orElse(now),
        now);
  }

  private Generator generator(EnvVar variable, RotationDraft draft) {
    var template = draft.templateId();
    if (template == null) {
      return Objects.requireNonNullElse(draft.generate(), Generator.NONE);
    }
    var said =
        templates
            .find(template)
            .orElseThrow(() -> AppsError.TEMPLATE_NOT_FOUND.at("secret_template_id"))
            .parsed()
            .stream()
            .filter(each -> each.key().equals(variable.key()))
            .map(TemplateVariable::generate)
            .findFirst()
            .orElseThrow(
                () ->
                    CommonError.INVALID
                        .of()
                        .withField("secret_template_id", "has no variable " + variable.key()));
    return Objects.requireNonNullElse(draft.generate(), said);
  }
}
