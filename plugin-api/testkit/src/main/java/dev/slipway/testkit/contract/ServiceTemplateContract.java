package dev.slipway.testkit.contract;

import dev.slipway.api.offering.Setup;
import dev.slipway.api.service.ServiceAddress;
import dev.slipway.api.service.ServiceOrder;
import dev.slipway.api.service.ServicePlan;
import dev.slipway.api.service.ServicePlan.Container;
import dev.slipway.api.service.ServiceProfile;
import dev.slipway.api.service.ServiceTemplate;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicNode;

/** What every {@link ServiceTemplate} promises; for a {@code @TestFactory}. */
public final class ServiceTemplateContract {
  private static final ServiceAddress SOMEWHERE = new ServiceAddress("service.internal", 45_678);
  private static final int LARGEST_FILE = 64 * 1024;
  private static final int LARGEST_PORT = 65_535;

  private ServiceTemplateContract() {}

  /** The cases, for one setup. */
  public static Stream<DynamicNode> tests(ServiceTemplate template, Setup setup) {
    var checks = new Checks(template, setup);
    var cases = new Cases();
    Remote.addDescription(cases, template, setup);
    cases.add("profile is in form and stays", checks::profile);
    cases.add("the same order gives the same plan", checks::same);
    cases.add("containers are in form", () -> checks.everyContainer(Checks::inForm));
    cases.add("images stay what they are", () -> checks.everyContainer(Checks::fixedImage));
    cases.add("names, volumes and paths do not clash", checks::distinct);
    cases.add("memory is what was ordered", checks::memory);
    cases.add("secrets stand in no command", checks::secretsHidden);
    cases.add("every secret is used", checks::secretsUsed);
    cases.add("outputs are those of the profile", checks::outputs);
    cases.add("outputs that hold a secret are marked", checks::outputsMarked);
    cases.add("an unknown version is refused", checks::unknownVersion);
    return cases.all();
  }

  private record Checks(ServiceTemplate template, Setup setup) {
    private Map<String, String> secrets(String suffix) {
      var secrets = new HashMap<String, String>();
      for (var name : template.profile().secrets()) {
        secrets.put(name, ("S3cret" + name + suffix + "x".repeat(32)).substring(0, 32));
      }
      return secrets;
    }

    private ServiceOrder order(String version, Set<String> modules) {
      var memory = template.profile().minMemoryMb();
      return new ServiceOrder("orders", version, modules, memory, secrets(""), setup);
    }

    /** Each version, without modules and with all. */
    private List<ServiceOrder> orders() {
      var all =
          template.profile().modules().stream()
              .map(ServiceProfile.Module::key)
              .collect(Collectors.toSet());
      var orders = new ArrayList<ServiceOrder>();
      for (var version : template.profile().versions()) {
        orders.add(order(version, Set.of()));
        orders.add(order(version, all));
      }
      return orders;
    }

    void everyContainer(Consumer<Container> check) {
      orders().forEach(order -> template.plan(order).containers().forEach(check));
    }

    void profile() {
      var profile = template.profile();
      Assertions.assertEquals(profile, template.profile(), "it changes");
      Assertions.assertTrue(profile.minMemoryMb() > 0, "it needs no memory");
      unique(profile.versions());
      unique(profile.secrets());
      unique(profile.modules().stream().map(ServiceProfile.Module::key).toList());
      unique(profile.outputs().stream().map(ServiceProfile.Output::key).toList());
      profile
          .outputs()
          .forEach(it -> Assertions.assertTrue(it.key().matches("[A-Z][A-Z0-9_]*"), it.key()));
    }

    void same() {
      for (var order : orders()) {
        Assertions.assertEquals(template.plan(order), template.plan(order), order.toString());
      }
    }

    static void inForm(Container container) {
      Assertions.assertTrue(container.name().matches("[a-z][a-z0-9-]{0,30}"), container.name());
      container
          .environment()
          .keySet()
          .forEach(it -> Assertions.assertTrue(it.matches("[A-Za-z_][A-Za-z0-9_]*"), it));
      container
          .ports()
          .forEach(it -> Assertions.assertTrue(it > 0 && it <= LARGEST_PORT, "port " + it));
      container
          .files()
          .forEach(
              (path, text) ->
                  Assertions.assertTrue(
                      text.getBytes(StandardCharsets.UTF_8).length <= LARGEST_FILE, path));
      var health = container.health();
      Assertions.assertFalse(health.command().isEmpty(), "nothing tells whether it is well");
      Assertions.assertTrue(
          health.every().compareTo(Duration.ofSeconds(1)) >= 0
              && health.every().compareTo(Duration.ofMinutes(5)) <= 0,
          "it is looked at every " + health.every());
      Assertions.assertTrue(health.patience().isPositive(), "there is no patience");
    }

    static void fixedImage(Container container) {
      var image = container.image();
      var name = image.substring(image.lastIndexOf('/') + 1);
      Assertions.assertTrue(name.contains(":") || name.contains("@"), image + " has no tag");
      Assertions.assertFalse(name.endsWith(":latest"), image + " changes under the tenant");
    }

    void distinct() {
      for (var order : orders()) {
        var containers = template.plan(order).containers();
        unique(containers.stream().map(Container::name).toList());
        var volumes = new ArrayList<String>();
        for (var container : containers) {
          var paths = new ArrayList<>(container.volumes().keySet());
          paths.addAll(container.files().keySet());
          paths.forEach(it -> Assertions.assertTrue(it.startsWith("/"), it + " is not absolute"));
          unique(paths);
          container.volumes().values().forEach(volume -> volumes.add(volume.name()));
        }
        unique(volumes);
      }
    }

    void memory() {
      for (var order : orders()) {
        var sum = template.plan(order).containers().stream().mapToInt(Container::memoryMb).sum();
        Assertions.assertTrue(
            sum > 0 && sum <= order.memoryMb(), sum + " MiB of " + order.memoryMb());
      }
    }

    void secretsHidden() {
      for (var order : orders()) {
        var plan = template.plan(order);
        var commands = new ArrayList<String>();
        plan.containers()
            .forEach(
                container -> {
                  commands.addAll(container.command());
                  commands.addAll(container.health().command());
                  commands.add(container.image());
                });
        if (plan.backup() != null) {
          commands.addAll(plan.backup().save());
          commands.addAll(plan.backup().restore());
        }
        for (var secret : order.secrets().entrySet()) {
          commands.forEach(
              word ->
                  Assertions.assertFalse(
                      word.contains(secret.getValue()),
                      secret.getKey() + " can be read by others on the server"));
        }
      }
    }

    void secretsUsed() {
      var order = order(template.profile().versions().getFirst(), Set.of());
      var inside = inside(template.plan(order));
      order
          .secrets()
          .forEach(
              (name, value) ->
                  Assertions.assertTrue(inside.contains(value), name + " is not used"));
    }

    private static String inside(ServicePlan plan) {
      return plan.containers().stream()
          .map(it -> it.environment().values() + "\n" + it.files().values())
          .collect(Collectors.joining("\n"));
    }

    void outputs() {
      var keys =
          template.profile().outputs().stream()
              .map(ServiceProfile.Output::key)
              .collect(Collectors.toSet());
      for (var order : orders()) {
        var outputs = template.outputs(order, SOMEWHERE);
        Assertions.assertEquals(keys, outputs.keySet());
        if (!template.plan(order).main().ports().isEmpty()) {
          var text = outputs.values().toString();
          Assertions.assertTrue(
              text.contains(SOMEWHERE.host()) && text.contains("45678"),
              "they do not tell where it is: " + text);
        }
      }
    }

    void outputsMarked() {
      var marked =
          template.profile().outputs().stream()
              .filter(ServiceProfile.Output::sensitive)
              .map(ServiceProfile.Output::key)
              .collect(Collectors.toSet());
      for (var order : orders()) {
        template
            .outputs(order, SOMEWHERE)
            .forEach(
                (key, value) -> {
                  var secret = order.secrets().values().stream().anyMatch(value::contains);
                  Assertions.assertTrue(!secret || marked.contains(key), key + " is not marked");
                });
      }
    }

    void unknownVersion() {
      Assertions.assertThrows(
          IllegalArgumentException.class, () -> template.plan(order("no-such-version", Set.of())));
    }

    private static void unique(List<String> names) {
      Assertions.assertEquals(new HashSet<>(names).size(), names.size(), "twice among " + names);
      names.forEach(name -> Assertions.assertFalse(name.isBlank(), "blank among " + names));
    }
  }
}
