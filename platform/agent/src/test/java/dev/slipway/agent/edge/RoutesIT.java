package dev.slipway.agent.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.agent.edge.Route.Share;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoutesIT {
  @TempDir Path folder;
  private Routes routes;

  @BeforeEach
  void open() throws Exception {
    routes = new Routes(folder.resolve("routes.json"));
  }

  private static Route route(String domain, String prefix, String instance) {
    return Route.to(domain, prefix, instance, 80, "route");
  }

  private String target(String host, String path) {
    return routes.find(host, path).map(Route::upstreamHost).orElse("none");
  }

  @Test
  void exactBeatsWildcardAndLongerBeatsShorter() throws Exception {
    routes.put(
        List.of(
            route("a.example", "", "exact"),
            route("a.example", "/api", "api"),
            route("a.example", "/api/v2", "api2"),
            route("*.example", "", "wild"),
            route("*.b.example", "", "deeper")));
    assertThat(target("a.example", "/")).isEqualTo("exact");
    assertThat(target("a.example", "/api")).isEqualTo("api");
    assertThat(target("a.example", "/api/v2/x")).isEqualTo("api2");
    assertThat(target("a.example", "/apix")).isEqualTo("exact");
    assertThat(target("c.example", "/")).isEqualTo("wild");
    assertThat(target("c.b.example", "/")).isEqualTo("deeper");
    assertThat(target("example", "/")).isEqualTo("none");
    assertThat(target("", "/")).isEqualTo("none");
  }

  @Test
  void putReplacesTheSamePlaceOnly() throws Exception {
    routes.put(List.of(route("a.example", "", "one"), route("a.example", "/x", "path")));
    routes.put(List.of(route("a.example", "", "two")));
    assertThat(target("a.example", "/")).isEqualTo("two");
    assertThat(target("a.example", "/x")).isEqualTo("path");
    assertThat(routes.all()).hasSize(2);
  }

  @Test
  void aSourceIsReplacedAsAWhole() throws Exception {
    routes.replaceSource(
        "app:a",
        List.of(
            Route.to("a.local", "", "i1", 80, "app:a"),
            Route.to("www.a.example", "", "i1", 80, "app:a")));
    routes.replaceSource("app:a", List.of(Route.to("a.local", "", "i2", 80, "app:a")));
    assertThat(target("a.local", "/")).isEqualTo("i2");
    assertThat(target("www.a.example", "/")).isEqualTo("none");
  }

  @Test
  void routesSurviveARestart() throws Exception {
    routes.put(List.of(route("a.example", "/x", "one")));
    assertThat(new Routes(folder.resolve("routes.json")).all()).isEqualTo(routes.all());
  }

  private static Route divided(int older, int newer) {
    return new Route(
        "a.example",
        "",
        "old",
        80,
        "route",
        List.of(new Share("old", 80, older), new Share("new", 81, newer)));
  }

  @Test
  void aDividedRouteKeepsItsPlaceInTheRoundWhileOthersChange() throws Exception {
    var route = divided(3, 1);
    routes.put(List.of(route));
    int newer = 0;
    for (int request = 0; request < 400; request++) {
      // Each change makes a new table.
      routes.put(List.of(route("b.example", "", "other" + request)));
      newer += routes.turn(route, null).upstreamHost().equals("new") ? 1 : 0;
    }
    assertThat(newer).isEqualTo(100);
  }

  @Test
  void sharesSurviveARestartAndAFileWithoutThemIsRead() throws Exception {
    routes.put(List.of(divided(90, 10)));
    assertThat(new Routes(folder.resolve("routes.json")).all()).isEqualTo(routes.all());
    var old =
        Files.writeString(
            folder.resolve("old.json"),
            """
            [{"domain":"a.example","pathPrefix":"","upstreamHost":"one","upstreamPort":80,\
            "source":"route"}]\
            """);
    assertThat(new Routes(old).all())
        .containsExactly(Route.to("a.example", "", "one", 80, "route"));
  }
}
