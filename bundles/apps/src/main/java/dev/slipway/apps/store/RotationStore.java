package dev.slipway.apps.store;

import dev.slipway.api.Page;
import dev.slipway.api.PageRequest;
import dev.slipway.apps.App;
import dev.slipway.apps.RotationRule;
import dev.slipway.data.Database;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** When the secrets of the current scope need new values. */
public final class RotationStore {
  private final RotationMapper rules;

  public RotationStore(Database database) {
    rules = database.mapper(RotationMapper.class);
  }

  public Optional<RotationRule> find(UUID variable) {
    return Optional.ofNullable(rules.find(variable));
  }

  public List<RotationRule> findAll(Collection<UUID> variables) {
    return rules.findAll(variables.toArray(UUID[]::new));
  }

  /** The rule of a variable, which nobody else can change until the unit of work ends. */
  public Optional<RotationRule> lock(UUID variable) {
    return Optional.ofNullable(rules.lock(variable));
  }

  /** Sets the rule of a variable that is locked. */
  public void put(RotationRule rule) {
    if (rules.update(rule) == 0) {
      rules.insert(rule);
    }
  }

  public boolean delete(UUID variable) {
    return rules.delete(variable) == 1;
  }

  /**
   * The rules, those that are due first in front.
   *
   * @param at only those that are due or overdue then; null = all
   */
  public Page<RotationRule> list(@Nullable Instant at, PageRequest page) {
    var notice = at == null ? null : at.plus(RotationRule.NOTICE);
    return new Page<>(rules.all(at, notice, page.limit(), page.offset()), rules.count(at, notice));
  }

  /**
   * What there is to do: secrets that get a new value now, and those that nobody was asked for yet.
   */
  public List<RotationRule> toAttend(Instant now, int limit) {
    return rules.toAttend(now, now.plus(RotationRule.NOTICE), limit);
  }

  /** Those of the variables of an app and of its project. */
  public List<RotationRule> ofApp(App app) {
    return rules.ofApp(app.projectId(), app.id());
  }

  /** These variables were changed: a new value begins anew, and what is no secret has no end. */
  public void changed(Collection<UUID> variables, Instant now) {
    if (!variables.isEmpty()) {
      var ids = variables.toArray(UUID[]::new);
      rules.dropOfPlain(ids);
      rules.renew(ids, now);
    }
  }

  /** The present value has come to its end. */
  public void dueNow(UUID variable, Instant now) {
    rules.dueNow(variable, now);
  }
}
