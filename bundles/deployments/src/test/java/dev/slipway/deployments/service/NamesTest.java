package dev.slipway.deployments.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Ids;
import dev.slipway.fleet.Server;
import dev.slipway.fleet.ServerRuntime;
import dev.slipway.fleet.ServerStatus;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {
  static final UUID ID = UUID.fromString("0198c0de-1111-7222-8333-a1b2c3d4e5f6");

  static Server server(@Nullable String edge, @Nullable String host) {
    return new Server(
        ID, ID, "s", ServerStatus.ONLINE, ServerRuntime.DOCKER, null, null, edge, host, true, null);
  }

  @Test
  void namesAreThoseThatAgentsGoBy() {
    assertThat(Names.image("shop", ID)).isEqualTo("deploy-app-shop:a1b2c3d4e5f6");
    assertThat(Names.containers("shop", ID, 1)).containsExactly("deploy-app-shop-a1b2c3d4e5f6");
    assertThat(Names.containers("shop", ID, 2))
        .containsExactly("deploy-app-shop-a1b2c3d4e5f6-1", "deploy-app-shop-a1b2c3d4e5f6-2");
  }

  @Test
  void aContainerOfAProcessTellsWhichItIs() {
    var recipe =
        new Recipe(
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            3000,
            "/",
            1,
            null,
            null,
            List.of(
                new Recipe.Process("worker", "bin/worker", 2),
                new Recipe.Process("worker-2", "bin/other", 1),
                new Recipe.Process("idle", "bin/idle", 0)),
            null);
    var names = ProcessUnit.containers("shop", ID, recipe);
    assertThat(names)
        .containsExactly(
            "deploy-app-shop-a1b2c3d4e5f6-worker-1",
            "deploy-app-shop-a1b2c3d4e5f6-worker-2",
            "deploy-app-shop-a1b2c3d4e5f6-worker-2-1");
    assertThat(names)
        .extracting(name -> ProcessUnit.named(name, ID))
        .containsExactly(
            new ProcessUnit("worker", 1),
            new ProcessUnit("worker", 2),
            new ProcessUnit("worker-2", 1));
    var longest = new Recipe.Process("p".repeat(30), "x", 20);
    assertThat(Names.container("s".repeat(63), ID) + "-" + longest.name() + "-20")
        .hasSizeLessThan(128);
  }

  @Test
  void deploymentsOfTheSameMomentHaveDifferentNames() {
    assertThat(Names.shortId(Ids.next())).isNotEqualTo(Names.shortId(Ids.next()));
  }

  @Test
  void theLongestNameFitsInAHostNamesLabelAndAContainersName() {
    var slug = "s".repeat(63);
    assertThat(Names.containers(slug, ID, 20).getLast().length()).isLessThan(128);
    assertThat(Names.host(slug, server(null, "localhost")).split("\\.")[0]).hasSize(63);
  }

  @Test
  void anAppInAnEnvironmentHasALabelThatNoAppHas() {
    assertThat(Names.label("shop", null)).isEqualTo("shop");
    assertThat(Names.label("shop", "staging", ID)).isEqualTo("shop--staging");
    var slug = "s".repeat(63);
    assertThat(Names.label(slug, "staging", ID))
        .hasSize(63)
        .isEqualTo("s".repeat(49) + "--a1b2c3d4e5f6");
    assertThat(Names.label("shop", slug, ID)).isEqualTo("shop--a1b2c3d4e5f6");
  }

  @Test
  void onlyADigestNamesTheSameImageEverywhere() {
    assertThat(Names.isPinned("nginx@sha256:" + "0".repeat(64))).isTrue();
    assertThat(Names.isPinned("nginx:1.27")).isFalse();
    assertThat(Names.isPinned(null)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "http://127.0.0.1:8000, localhost, http://shop.localhost:8000",
        "https://edge.example, apps.example, https://shop.apps.example",
        "-, localhost, -",
        "http://127.0.0.1:8000, -, -",
        "http://127.0.0.1:8000, '', -"
      })
  void anAppAnswersWhereTheEdgeIsKnown(
      @Nullable String edge, @Nullable String host, @Nullable String url) {
    var server = server(edge, host);
    assertThat(Names.url(Names.host("shop", server), server)).isEqualTo(url);
  }
}
