package dev.slipway.apps.service.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Caller;
import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.api.Scope;
import dev.slipway.api.security.Secrets;
import dev.slipway.apps.AppsPlatform;
import dev.slipway.apps.EnvVar;
import dev.slipway.apps.SecretLeases.Holder;
import dev.slipway.apps.service.variable.EnvVarDraft;
import dev.slipway.security.key.KeyRows;
import dev.slipway.security.secret.DataKeys;
import dev.slipway.security.secret.MasterKeys;
import dev.slipway.security.secret.SealedSecrets;
import dev.slipway.testkit.TestPlatform;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a node masks that has not handed the value out itself. */
class KnownSecretsIT {
  static AppsPlatform feature;

  final UUID tenant = Ids.next();
  final Caller caller = TestPlatform.caller(tenant, Role.USER);

  @BeforeAll
  static void start() {
    feature = new AppsPlatform();
  }

  @AfterAll
  static void stop() throws Exception {
    feature.close();
  }

  /** Another node, or this one after a restart: the same keys, and nothing in memory. */
  static Secrets node() {
    var platform = feature.platform;
    var security = platform.database("security", SealedSecrets.class.getClassLoader());
    var rows = new KeyRows(security, platform.store());
    return new SealedSecrets(new DataKeys(rows, new MasterKeys(platform.facts())));
  }

  static KnownSecrets known(Secrets node) {
    return new KnownSecrets(feature.database, node, feature.platform.signals());
  }

  static void untilMasked(Secrets node, String value) {
    var deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (node.mask("it is " + value).contains(value)) {
      assertThat(System.nanoTime()).as("deadline for " + value).isLessThan(deadline);
      LockSupport.parkNanos(5_000_000);
    }
  }

  EnvVar secret(UUID app, String value) {
    var draft = new EnvVarDraft("PASSWORD", value, true, List.of(), null, List.of());
    return feature.variables.create(caller, app, draft);
  }

  void take(UUID app, UUID deployment) {
    feature.leases.take(Scope.of(caller), new Holder(tenant, app, null, deployment));
  }

  @Test
  void whatWasHandedOutBeforeTheStartIsMaskedAlsoWhereItWasReplacedSince() {
    var app = feature.app(caller, "app").id();
    var old = "old-" + UUID.randomUUID();
    var next = "next-" + UUID.randomUUID();
    var variable = secret(app, old);
    take(app, Ids.next());
    feature.rotations.rotate(caller, variable.id(), next);
    var node = node();
    assertThat(node.mask(old + " " + next)).as("it knows nothing").isEqualTo(old + " " + next);
    try (var known = known(node)) {
      untilMasked(node, old);
      untilMasked(node, next);
    }
  }

  @Test
  void whatAnotherNodeHandsOutIsMaskedAtOnce() {
    var app = feature.app(caller, "app").id();
    var first = "first-" + UUID.randomUUID();
    secret(app, first);
    var node = node();
    try (var known = known(node)) {
      untilMasked(node, first);
      var other = feature.app(caller, "other").id();
      var later = "later-" + UUID.randomUUID();
      secret(other, later);
      take(other, Ids.next());
      untilMasked(node, later);
    }
  }

  @Test
  void aVersionThatADeploymentHasOutlivesTheTwentyThatAreKept() {
    var app = feature.app(caller, "app").id();
    var old = "old-" + UUID.randomUUID();
    var variable = secret(app, old);
    var holder = Ids.next();
    take(app, holder);
    for (var n = 0; n < 25; n++) {
      feature.rotations.rotate(caller, variable.id(), "value-" + n);
    }
    assertThat(feature.versions.list(caller, variable.id()))
        .hasSize(21)
        .last()
        .extracting("number")
        .isEqualTo(1);
    var node = node();
    try (var known = known(node)) {
      untilMasked(node, old);
    }
  }
}
