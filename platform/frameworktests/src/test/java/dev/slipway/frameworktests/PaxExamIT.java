package dev.slipway.frameworktests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ops4j.pax.exam.Constants.START_LEVEL_TEST_BUNDLE;
import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.frameworkStartLevel;
import static org.ops4j.pax.exam.CoreOptions.systemPackage;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;

import com.example.specimen.Failing;
import dev.slipway.api.Caller;
import dev.slipway.api.PlatformException;
import dev.slipway.api.plugin.PluginInfo;
import dev.slipway.api.plugin.PluginInfo.State;
import dev.slipway.api.plugin.PluginRegistry;
import dev.slipway.api.spi.RestResource;
import dev.slipway.launcher.osgi.BundleFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;

/**
 * The platform seen from inside its framework: these tests run in a bundle beside its bundles and
 * use its services as a bundle does.
 */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class PaxExamIT {
  private static final String GREETING = "dev.slipway.example-greeting";
  private static final String GREETINGS = "/api/plugins/" + GREETING + "/greetings";
  private static final String BAD = "com.example.bad";
  private static final String OURS = "reference:";
  private static final Caller OPERATOR = Caller.anonymous("pax-exam", "127.0.0.1");
  private static final List<String> OTHERS = List.of("/api/auth/me", "/api/projects", "/health");

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();
  @Inject private BundleContext context;
  @Inject private PluginRegistry plugins;
  @Inject private ServiceComponentRuntime components;
  private Client client;
  private Watch watch;

  /** Runs outside of the framework; only the framework's properties reach the tests. */
  @Configuration
  public Option[] platform() throws IOException {
    var installation = new Installation(Map.of());
    var options = new ArrayList<Option>();
    options.add(systemProperty("pax.exam.invoker").value("junit"));
    options.add(frameworkStartLevel(START_LEVEL_TEST_BUNDLE));
    installation.jars.probing().forEach(jar -> options.add(bundle(jar.toUri().toString())));
    options.add(systemPackage(installation.exports()));
    for (var found : BundleFolder.read(installation.bundles)) {
      options.add(bundle(OURS + found.jar().toUri()).startLevel(found.level().number()));
    }
    installation
        .properties()
        .forEach((name, value) -> options.add(frameworkProperty(name).value(value)));
    return options.toArray(Option[]::new);
  }

  @Before
  public void login() throws Exception {
    var address = "http://127.0.0.1:" + context.getProperty("slipway.http.port");
    Client.awaitReady(address);
    client = Client.login(address, Installation.EMAIL, Installation.PASSWORD);
    watch = new Watch(context);
  }

  @After
  public void removeAll() {
    watch.close();
    Stream.of(GREETING, BAD).forEach(client::purge);
  }

  @Test
  public void everyBundleResolvesAndNoComponentFails() {
    assertThat(context.getBundles())
        .filteredOn(bundle -> bundle.getLocation().startsWith(OURS))
        .hasSize((int) new Jars().bundles().count());
    assertAllRun();
    assertThat(
            components.getComponentDescriptionDTOs().stream()
                .flatMap(component -> components.getComponentConfigurationDTOs(component).stream()))
        .isNotEmpty()
        .allSatisfy(
            component ->
                assertThat(component.state)
                    .as("%s: %s", component.description.name, component.failure)
                    .isIn(ComponentConfigurationDTO.ACTIVE, ComponentConfigurationDTO.SATISFIED));
  }

  @Test
  public void pluginIsSwappedAndOthersNoticeNothing() throws Exception {
    var example = new Jars().example();
    try (var load = new Load(client, OTHERS, 1)) {
      assertThat(install(example).state()).isEqualTo(State.DISABLED);
      assertThat(plugins.enable(OPERATOR, GREETING).state()).isEqualTo(State.ACTIVE);
      assertThat(client.post(GREETINGS, Map.of("name", "Ada")).status()).isEqualTo(201);

      var updated = update(PluginJar.reversioned(example, "0.2.0", folder()));
      assertThat(updated.version()).isEqualTo("0.2.0");
      assertThat(updated.state()).isEqualTo(State.ACTIVE);
      assertThat(client.get(GREETINGS).at("/total")).isEqualTo("1");

      var disabled = plugins.disable(OPERATOR, GREETING, Duration.ofSeconds(10), false);
      assertThat(disabled.state()).isEqualTo(State.DISABLED);
      assertThat(client.get(GREETINGS).status()).isEqualTo(503);

      load.close();
      assertThat(load.failures).isEmpty();
      assertThat(load.answered.get()).isPositive();
    }
    assertThat(watch.touched()).containsExactly(GREETING);
  }

  @Test
  public void badPluginIsQuarantinedWithItsReasonAndOthersServeOn() throws Exception {
    var bad = new PluginJar(BAD).component(Failing.class, RestResource.class).write(folder());
    try (var load = new Load(client, OTHERS, 1)) {
      install(bad);
      assertThatThrownBy(() -> plugins.enable(OPERATOR, BAD))
          .isInstanceOf(PlatformException.class)
          .hasMessageContaining("no luck today");
      assertThat(plugins.get(BAD).state()).isEqualTo(State.QUARANTINED);
      assertThat(plugins.get(BAD).reason()).contains("no luck today");
      assertThat(plugins.failures(BAD)).first().extracting("phase").isEqualTo("start");

      load.close();
      assertThat(load.failures).isEmpty();
      assertThat(load.answered.get()).isPositive();
    }
    assertThat(watch.touched()).isSubsetOf(BAD);
    plugins.uninstall(OPERATOR, BAD, true);
    assertAllRun();
  }

  private void assertAllRun() {
    assertThat(context.getBundles())
        .allSatisfy(
            bundle ->
                assertThat(bundle.getState())
                    .as(bundle.getSymbolicName())
                    .isEqualTo(isFragment(bundle) ? Bundle.RESOLVED : Bundle.ACTIVE));
  }

  private static boolean isFragment(Bundle bundle) {
    return bundle.getHeaders("").get(Constants.FRAGMENT_HOST) != null;
  }

  private PluginInfo install(Path jar) throws IOException {
    try (var bytes = Files.newInputStream(jar)) {
      return plugins.install(OPERATOR, bytes, false);
    }
  }

  private PluginInfo update(Path jar) throws IOException {
    try (var bytes = Files.newInputStream(jar)) {
      return plugins.update(OPERATOR, GREETING, bytes);
    }
  }

  private Path folder() {
    return temporary.getRoot().toPath();
  }
}
