package dev.slipway.apps.service.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Ids;
import dev.slipway.api.PageRequest;
import dev.slipway.api.Role;
import dev.slipway.api.Scope;
import dev.slipway.api.event.StoredEvent;
import dev.slipway.api.rest.IfMatch;
import dev.slipway.apps.AppStatus;
import dev.slipway.apps.AppsPlatform;
import dev.slipway.apps.VolumeFate;
import dev.slipway.testkit.TestPlatform;
import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TenantWatchIT {
  @Test
  void everyAppOfAGoneTenantIsDeletedAndNoOther() throws Exception {
    try (var feature = new AppsPlatform()) {
      var gone = TestPlatform.caller(Ids.next(), Role.OWNER);
      var other = TestPlatform.caller(Ids.next(), Role.OWNER);
      var kept = feature.app(other, "kept");
      // More than one page, one that runs, and one whose deletion is under way.
      var apps =
          IntStream.rangeClosed(0, PageRequest.MAX_LIMIT)
              .mapToObj(i -> feature.app(gone, "app" + i))
              .toList();
      var scope = Scope.of(gone);
      for (var app : apps.subList(0, 2)) {
        feature.published.statusChanged(
            scope, app.id(), AppStatus.RUNNING, Ids.next(), app.slug() + ".localhost");
      }
      feature.deletion.request(gone, apps.getFirst().id(), new IfMatch(null), VolumeFate.KEEP);

      var event =
          new StoredEvent(
              Ids.next(),
              "1",
              "accounts.tenant.deleted",
              null,
              gone.tenantId(),
              Instant.now(),
              Map.of());
      var watch = new TenantWatch(feature.deletion);
      watch.on(event);
      watch.on(event);
      assertThat(apps)
          .allSatisfy(
              app -> {
                assertThat(feature.published.find(scope, app.id())).isEmpty();
                assertThat(feature.types(gone, app.id())).containsOnlyOnce("apps.app.deleted");
              });
      assertThat(feature.published.deleted(scope, apps.getFirst().id())).isFalse();
      assertThat(feature.apps.get(other, kept.id()).name()).isEqualTo("kept");
    }
  }
}
