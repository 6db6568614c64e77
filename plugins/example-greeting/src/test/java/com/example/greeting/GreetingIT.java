package com.example.greeting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.api.Scope;
import dev.slipway.api.event.EventFilter;
import dev.slipway.api.event.StoredEvent;
import dev.slipway.api.plugin.PluginSettings;
import dev.slipway.api.script.ScriptCall;
import dev.slipway.testkit.TestPlatform;
import dev.slipway.testkit.contract.EventListenerContract;
import dev.slipway.testkit.contract.JobContract;
import dev.slipway.testkit.contract.ScriptApiContract;
import dev.slipway.testkit.contract.ScriptHookContract;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class GreetingIT {
  static final PluginSettings SETTINGS = () -> Map.of("salutation", "Ahoy", "keep_days", 7);
  static final Wording WORDING = new Wording();
  static TestPlatform platform;
  static GreetingStore store;

  final UUID tenant = Ids.next();

  @BeforeAll
  static void start() {
    platform = TestPlatform.start();
    var database = platform.database("example-greeting", GreetingIT.class.getClassLoader());
    store = new GreetingStore(database, platform.events(), SETTINGS, WORDING);
    platform.register(new GreetingResource(store));
  }

  @AfterAll
  static void stop() throws Exception {
    platform.close();
  }

  @Test
  void greetsInTheWordsOfTheSettings() {
    var member = platform.as(tenant, Role.USER);
    assertThat(member.post("/greetings", Map.of("name", "Ada")).at("/text"))
        .isEqualTo("Ahoy, Ada!");
    assertThat(member.get("/greetings").at("/total")).isEqualTo("1");
    assertThat(member.post("/greetings", Map.of("name", "")).fields()).containsExactly("name");
  }

  @Test
  void anotherTenantSeesNothing() {
    store.greet(tenant, "Grace");
    var stranger = platform.as(Ids.next(), Role.OWNER);
    assertThat(stranger.get("/greetings").at("/total")).isEqualTo("0");
  }

  private StoredEvent created(UUID app) {
    return new StoredEvent(
        Ids.next(), "1-1", "apps.app.created", tenant, app, Instant.now(), Map.of());
  }

  @TestFactory
  Stream<DynamicNode> contractOfTheListener() {
    return EventListenerContract.tests(new WelcomeListener(store), created(Ids.next()));
  }

  @TestFactory
  Stream<DynamicNode> contractOfTheJob() {
    return JobContract.tests(new ForgetOldGreetings(store, SETTINGS));
  }

  @TestFactory
  Stream<DynamicNode> contractOfTheHook() {
    return ScriptHookContract.tests(WORDING);
  }

  @TestFactory
  Stream<DynamicNode> contractOfTheFunction() {
    var owner = TestPlatform.caller(tenant, Role.USER);
    var call = new ScriptCall(owner, Ids.next(), Ids.next(), List.of("Lin"));
    return ScriptApiContract.tests(new GreetFunction(store), call);
  }

  @Test
  void scriptsChooseTheWords() {
    var scripts = new OneScript(tenant, "Moin, Ada!");
    WORDING.setScripts(scripts);
    assertThat(store.greet(tenant, "Ada").text()).isEqualTo("Moin, Ada!");
    assertThat(store.greet(Ids.next(), "Ada").text()).isEqualTo("Ahoy, Ada!");
    WORDING.unsetScripts(scripts);
    assertThat(store.greet(tenant, "Ada").text()).isEqualTo("Ahoy, Ada!");
  }

  @Test
  void greetsNewApps() {
    var app = Ids.next();
    new WelcomeListener(store).on(created(app));
    var greeted =
        platform
            .events()
            .after(
                Scope.tenant(tenant),
                EventFilter.types("example-greeting.greeting.added"),
                null,
                10);
    assertThat(greeted).extracting(it -> it.text("name")).contains("app " + app);
  }

  @Test
  void forgetsOldGreetings() {
    store.greet(tenant, "Old");
    assertThat(store.forget(Instant.now().plus(Duration.ofMinutes(1)))).isPositive();
    new ForgetOldGreetings(store, SETTINGS).run();
    assertThat(platform.as(tenant, Role.USER).get("/greetings").at("/total")).isEqualTo("0");
  }
}
