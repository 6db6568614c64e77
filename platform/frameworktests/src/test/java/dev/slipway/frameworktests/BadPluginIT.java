package dev.slipway.frameworktests;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.specimen.Failing;
import com.example.specimen.FailingActivator;
import com.example.specimen.Hello;
import com.example.specimen.Rival;
import com.example.specimen.Unmarked;
import dev.slipway.api.spi.RestResource;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.osgi.framework.InvalidSyntaxException;

@ExtendWith(PlatformExtension.class)
class BadPluginIT {
  static final String BAD = "com.example.bad";
  static final String GOOD = "com.example.good";

  final Stand stand;
  final Client client;
  @TempDir Path folder;
  Watch watch;

  BadPluginIT(Stand stand) {
    this.stand = stand;
    client = stand.client();
  }

  @BeforeEach
  void watch() {
    watch = new Watch(stand.framework().context());
  }

  @AfterEach
  void removeAll() {
    watch.close();
    Stream.of(BAD, GOOD).forEach(client::purge);
    assertThat(watch.touched()).isSubsetOf(BAD, GOOD);
    assertThat(client.get("/api/plugins/" + BAD + "/hello").status()).isEqualTo(404);
  }

  static PluginJar bad() {
    return new PluginJar(BAD);
  }

  static PluginJar hello(String id) {
    return new PluginJar(id).component(Hello.class, RestResource.class);
  }

  static List<Arguments> refused() {
    return List.of(
        Arguments.of(422, "no luck today", bad().component(Failing.class, RestResource.class)),
        Arguments.of(
            422,
            "no luck at all",
            bad()
                .type(FailingActivator.class)
                .imports("org.osgi.framework")
                .header("Bundle-Activator", FailingActivator.class.getName())),
        Arguments.of(422, "package com.example.nowhere", bad().imports("com.example.nowhere")),
        Arguments.of(422, "[9.0,10)", hello(BAD).api("[9.0,10)")),
        Arguments.of(
            422,
            "dev.slipway.api.event.Nothing",
            bad()
                .component(
                    Hello.class,
                    RestResource.class,
                    "<reference name=\"n\" interface=\"dev.slipway.api.event.Nothing\"/>")),
        Arguments.of(
            422, "Unmarked.dangerous", bad().component(Unmarked.class, RestResource.class)),
        Arguments.of(
            422, "Unmarked.forgotten", bad().component(Unmarked.class, RestResource.class)),
        Arguments.of(
            422,
            "packages of the platform",
            hello(BAD)
                .entry("dev/slipway/api/Id.class", "")
                .header("Export-Package", "dev.slipway.api")),
        Arguments.of(
            422,
            "changelog",
            hello(BAD).entry("changelog/bad/1.sql", changelog("select nonsense"))),
        Arguments.of(400, "fragment", bad().header("Fragment-Host", "dev.slipway.http")),
        Arguments.of(400, "version range", hello(BAD).api("often")));
  }

  private static String changelog(String statement) {
    return "--liquibase formatted sql\n--changeset bad:1\n" + statement + ";\n";
  }

  @ParameterizedTest
  @MethodSource("refused")
  void isRefusedWithItsReasonAndLeavesNothing(int status, String reason, PluginJar jar) {
    var answer = client.install(jar.write(folder), true);
    assertThat(answer.status()).as(answer.raw().body()).isEqualTo(status);
    assertThat(answer.message()).contains(reason);
    assertThat(client.state(BAD)).isEqualTo("none");
    assertThat(files()).noneMatch(name -> name.contains(BAD) || name.endsWith(".part"));
  }

  @Test
  void oneThatDoesNotResolveIsNotInstalledEvenDisabled() {
    var answer = client.install(bad().imports("com.example.nowhere").write(folder), false);
    assertThat(answer.status()).isEqualTo(422);
    assertThat(client.state(BAD)).isEqualTo("none");
  }

  @Test
  void oneThatFailsWhenEnabledIsQuarantinedUntilItIsMended() {
    var failing = bad().component(Failing.class, RestResource.class).write(folder);
    assertThat(client.install(failing, false).status()).isEqualTo(201);
    var enabled = client.enable(BAD);
    assertThat(enabled.status()).isEqualTo(422);
    assertThat(enabled.message()).contains("no luck today");
    assertThat(client.state(BAD)).isEqualTo("quarantined");
    assertThat(client.reason(BAD)).contains("no luck today");
    var detail = client.get(Client.PLUGINS + "/" + BAD);
    assertThat(detail.at("/failures/0/phase")).isEqualTo("start");
    assertThat(detail.at("/failures/0/message")).contains("no luck today");

    assertThat(client.update(BAD, hello(BAD).version("1.1.0").write(folder)).status())
        .isEqualTo(200);
    assertThat(client.enable(BAD).at("/plugin/state")).isEqualTo("active");
    assertThat(client.get("/api/plugins/" + BAD + "/hello").status()).isEqualTo(200);
  }

  @Test
  void failedUpdateLeavesTheOldVersionServing() {
    client.install(hello(BAD).write(folder), true);
    var broken =
        List.of(
            bad().component(Failing.class, RestResource.class),
            bad()
                .component(Hello.class, RestResource.class)
                .component(Unmarked.class, RestResource.class),
            hello(BAD).imports("com.example.nowhere"),
            hello(BAD).api("[9.0,10)"));
    for (var jar : broken) {
      assertThat(client.update(BAD, jar.version("2.0.0").write(folder)).status()).isEqualTo(422);
      var now = client.get(Client.PLUGINS + "/" + BAD);
      assertThat(now.at("/plugin/version")).isEqualTo("1.0.0");
      assertThat(now.at("/plugin/state")).isEqualTo("active");
      assertThat(client.get("/api/plugins/" + BAD + "/hello").status()).isEqualTo(200);
    }
  }

  @Test
  void secondThatClaimsAnOperationIsRefusedWithBothNames() {
    client.install(hello(GOOD).write(folder), true);
    var second = client.install(hello(BAD).write(folder), true);
    assertThat(second.status()).isEqualTo(422);
    assertThat(second.message()).contains(BAD, GOOD, "specimen.hello.read");
    assertThat(client.get("/api/plugins/" + GOOD + "/hello").status()).isEqualTo(200);
  }

  /**
   * Plugins stand below paths of their own; only bundles that an operator ships can claim others'
   * routes.
   */
  @Test
  void secondThatClaimsARouteIsRefusedWithBothNames() throws Exception {
    var jar = bad().component(Rival.class, RestResource.class).write(folder);
    var shipped = Files.createTempFile(folder, "shipped", ".jar");
    try (var in = new java.util.jar.JarFile(jar.toFile());
        var out =
            new java.util.jar.JarOutputStream(Files.newOutputStream(shipped), in.getManifest())) {
      for (var entry : in.stream().toList()) {
        if (!entry.getName().equals("plugin.json") && !entry.getName().startsWith("META-INF")) {
          out.putNextEntry(new java.util.jar.JarEntry(entry.getName()));
          out.write(in.getInputStream(entry).readAllBytes());
        }
      }
    }
    var bundle = stand.framework().context().installBundle(shipped.toUri().toString());
    try {
      bundle.start();
      assertThat(settle(BAD))
          .singleElement()
          .asString()
          .contains(BAD, "dev.slipway.plugins", "GET /api/admin/plugins/{other}");
      var unharmed = client.get(Client.PLUGINS + "/dev.slipway.plugins");
      assertThat(unharmed.at("/plugin/id")).isEqualTo("dev.slipway.plugins");
    } finally {
      bundle.uninstall();
    }
  }

  private List<?> settle(String bundle) throws ReflectiveOperationException {
    var context = stand.framework().context();
    try {
      var found = context.getAllServiceReferences("dev.slipway.http.Routes", null);
      var routes = context.getService(found[0]);
      var type = routes.getClass().getInterfaces()[0];
      return (List<?>) type.getMethod("settle", String.class).invoke(routes, bundle);
    } catch (InvocationTargetException | InvalidSyntaxException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private List<String> files() {
    var folder = stand.data.resolve("plugins").toFile().list();
    return folder == null ? List.of() : List.of(folder);
  }
}
