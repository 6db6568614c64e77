package dev.slipway.apps.service.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.api.Scope;
import dev.slipway.apps.AppsPlatform;
import dev.slipway.testkit.TestPlatform;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AppsOnServersIT {
  static AppsPlatform test;
  static AppsOnServers placed;

  @BeforeAll
  static void start() {
    test = new AppsPlatform();
    placed = new AppsOnServers(test.database, test.platform.events());
  }

  @AfterAll
  static void stop() throws Exception {
    test.close();
  }

  @Test
  void countsNamesAndMovesTheAppsOfAServer() {
    var caller = TestPlatform.caller(Ids.next(), Role.ADMIN);
    var scope = Scope.of(caller);
    var from = test.servers.add(caller.tenantId());
    var to = test.servers.add(caller.tenantId());
    var one = test.app(caller, "one").id();
    var two = test.app(caller, "two").id();
    test.published.placed(scope, one, from);
    test.published.placed(scope, two, from);
    assertThat(placed.countOn(scope, from)).isEqualTo(2);
    assertThat(placed.names(scope, List.of(one, Ids.next()))).containsOnlyKeys(one);
    assertThat(placed.serversOf(scope, one)).containsExactly(from);

    var elsewhere = Scope.tenant(Ids.next());
    assertThat(placed.names(elsewhere, List.of(one))).isEmpty();
    assertThat(placed.countOn(elsewhere, from)).isZero();
    assertThat(placed.move(elsewhere, from, to)).isZero();

    assertThat(placed.move(scope, from, to)).isEqualTo(2);
    assertThat(placed.countOn(scope, from)).isZero();
    assertThat(placed.serversOf(scope, two)).containsExactly(to);
    assertThat(test.types(caller, one)).endsWith("apps.app.updated");
  }
}
