package dev.slipway.deployments.store.volume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Ids;
import dev.slipway.api.Scope;
import dev.slipway.data.Database;
import dev.slipway.deployments.store.Place;
import dev.slipway.deployments.store.instance.InstanceStore;
import dev.slipway.store.Store;
import dev.slipway.testkit.Postgres;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The statements on what apps of a Compose file have on servers. */
class ProjectStoreIT {
  static Store store;
  static Database database;
  static ProjectStore projects;
  static InstanceStore instances;

  final UUID tenant = Ids.next();
  final UUID app = Ids.next();
  final UUID server = Ids.next();

  @BeforeAll
  static void open() {
    store = Postgres.freshStore();
    database = store.database("deployments", ProjectStoreIT.class.getClassLoader());
    projects = new ProjectStore(database);
    instances = new InstanceStore(database);
  }

  @AfterAll
  static void close() {
    store.close();
  }

  <T> T in(Supplier<T> work) {
    return database.write(Scope.tenant(tenant), work::get);
  }

  void run(Runnable work) {
    database.run(Scope.tenant(tenant), work::run);
  }

  ProjectRow row(@Nullable UUID environment, UUID on, String name) {
    return new ProjectRow(
        Ids.next(),
        tenant,
        app,
        environment,
        on,
        name,
        ProjectRow.State.UP,
        List.of(),
        null,
        0,
        null);
  }

  @Test
  void oneThatWasToGoStaysWhenItIsPutAgain() {
    var shop = row(null, server, "shop");
    var command = Ids.next();
    run(
        () -> {
          projects.put(shop);
          projects.told(shop.id(), List.of("deploy-app-shop-1-db"));
          projects.sent(shop.id(), ProjectRow.State.LEAVING, command);
        });
    assertThat(in(() -> projects.byCommand(command)).orElseThrow().state())
        .isEqualTo(ProjectRow.State.LEAVING);
    run(() -> projects.put(row(null, server, "shop")));
    var again = in(() -> projects.find(shop.id())).orElseThrow();
    assertThat(again.state()).isEqualTo(ProjectRow.State.UP);
    assertThat(again.containers()).containsExactly("deploy-app-shop-1-db");
    assertThat(in(() -> projects.byCommand(command))).isEmpty();
    run(() -> projects.delete(shop.id()));
    assertThat(in(() -> projects.find(shop.id()))).isEmpty();
  }

  @Test
  void placesHaveTheirOwn() {
    var staging = Ids.next();
    var first = row(null, server, "shop-2");
    var second = row(staging, server, "shop-2--staging");
    run(
        () -> {
          projects.put(first);
          projects.put(second);
        });
    assertThat(in(() -> projects.ofPlace(Place.production(app)))).containsExactly(first);
    assertThat(in(() -> projects.ofPlace(new Place(app, staging), server))).contains(second);
    assertThat(in(() -> projects.ofPlace(new Place(app, staging), Ids.next()))).isEmpty();
    assertThat(in(() -> projects.ofApp(app))).containsExactly(first, second);
    assertThat(in(() -> projects.onServer(tenant, server))).containsExactly(first, second);
    assertThat(
            database.<List<ProjectRow>>read(
                Scope.tenant(Ids.next()), () -> projects.onServer(tenant, server)))
        .as("nothing of another tenant is seen")
        .isEmpty();
  }

  @Test
  void theyGoWithTheirServerAndTheirApp() {
    var target = Ids.next();
    run(
        () -> {
          projects.put(row(null, server, "shop-3"));
          projects.put(row(null, target, "shop-3"));
          projects.put(row(Ids.next(), server, "shop-3--staging"));
          instances.moveServer(server, target);
        });
    assertThat(in(() -> projects.onServer(tenant, target)))
        .extracting(ProjectRow::name)
        .containsExactlyInAnyOrder("shop-3", "shop-3--staging");
    run(() -> instances.deleteOfServer(target));
    assertThat(in(() -> projects.onServer(tenant, target))).isEmpty();
    assertThat(in(() -> projects.ofApp(app))).hasSize(1);
    run(() -> instances.deleteOfApp(app));
    assertThat(in(() -> projects.ofApp(app))).isEmpty();
  }
}
