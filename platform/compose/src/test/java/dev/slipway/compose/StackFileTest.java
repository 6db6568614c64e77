package dev.slipway.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.compose.StackService.FileMount;
import dev.slipway.compose.StackService.Port;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StackFileTest {
  private static final Map<String, String> FILES = Map.of("page.txt", "hello", "word.txt", "hush");

  private static final String SHOP =
      """
      version: "3.9"
      services:
        web:
          image: shop/web:${TAG:-7}
          environment: {LEVEL: info}
          restart: always
          depends_on: [db]
          ports: ["8080:3000", "53/udp", {target: 9000, published: 9001, mode: host}]
          configs: [page, {source: page, target: /etc/page, mode: 0440, uid: "5"}]
          secrets: [word]
          networks: [inner]
          labels: {of: container}
          deploy:
            replicas: 3
            endpoint_mode: dnsrr
            labels: {of: service}
            update_config: {parallelism: 2, delay: 10s, order: start-first, failure_action: rollback, max_failure_ratio: 0.25}
            rollback_config: {monitor: 1m}
            restart_policy: {condition: on-failure, delay: 5s, max_attempts: 3, window: 2m}
            placement: {constraints: ["node.labels.zone != a"], max_replicas_per_node: 2}
            resources: {limits: {cpus: "0.5", memory: 256M, pids: 100}, reservations: {memory: 64M}}
        db:
          image: shop/db
          volumes: ["data:/data"]
          deploy: {mode: global}
      networks: {inner: {driver: overlay, internal: true}}
      volumes: {data: {}}
      configs: {page: {file: ./page.txt}}
      secrets: {word: {file: word.txt}}
      """;

  private static List<String> problems(String text) {
    return catchThrowableOfType(ComposeFault.class, () -> StackFile.parse(text, FILES)).problems();
  }

  @Test
  void readsWhatSwarmsCanDo() throws Exception {
    var file = StackFile.parse(SHOP, FILES);
    assertThat(file.services().keySet()).containsExactly("web", "db");
    assertThat(file.networks()).containsOnly(Map.entry("default", false), Map.entry("inner", true));
    assertThat(file.configs()).containsExactly(Map.entry("page", "hello"));
    assertThat(file.secrets()).containsExactly(Map.entry("word", "hush"));
    assertThat(file.warnings())
        .anyMatch(warning -> warning.startsWith("services.web.depends_on: "))
        .anyMatch(warning -> warning.startsWith("services.web.restart: "));
    var web = file.services().get("web");
    assertThat(web.service().image()).isEqualTo("shop/web:7");
    assertThat(web.service().labels()).containsExactly(Map.entry("of", "container"));
    assertThat(web.service().limits().processes()).isEqualTo(100);
    assertThat(web.ports())
        .containsExactly(
            new Port(3000, 8080, "tcp", false),
            new Port(53, 0, "udp", false),
            new Port(9000, 9001, "tcp", true));
    assertThat(web.configs())
        .containsExactly(
            new FileMount("page", "/page", "0", "0", 0444),
            new FileMount("page", "/etc/page", "5", "0", 0440));
    assertThat(web.secrets()).containsExactly(new FileMount("word", "word", "0", "0", 0444));
    assertThat(file.services().get("db").deployment().global()).isTrue();
  }

  @Test
  void readsHowAServiceIsRun() throws Exception {
    var web = StackFile.parse(SHOP, FILES).services().get("web").deployment();
    assertThat(web.replicas()).isEqualTo(3);
    assertThat(web.roundRobin()).isTrue();
    assertThat(web.labels()).containsExactly(Map.entry("of", "service"));
    assertThat(web.update())
        .isEqualTo(
            new StackService.Update(
                2, Duration.ofSeconds(10), "rollback", null, 0.25, "start-first"));
    assertThat(web.rollback())
        .isEqualTo(new StackService.Update(null, null, null, Duration.ofMinutes(1), null, null));
    assertThat(web.restart())
        .isEqualTo(
            new StackService.Restart(
                "on-failure", Duration.ofSeconds(5), 3, Duration.ofMinutes(2)));
    assertThat(web.constraints()).containsExactly("node.labels.zone != a");
    assertThat(web.mostPerNode()).isEqualTo(2);
    assertThat(web.setAside().memoryBytes()).isEqualTo(64L << 20);
  }

  /** What the agent protocol names, and what would lead to the host by another word. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "build",
        "cap_add",
        "cap_drop",
        "cgroup_parent",
        "credential_spec",
        "device_cgroup_rules",
        "devices",
        "env_file",
        "extends",
        "ipc",
        "label_file",
        "network_mode",
        "pid",
        "privileged",
        "security_opt",
        "sysctls",
        "userns_mode",
        "use_api_socket",
        "volumes_from",
        "tmpfs",
        "extra_hosts"
      })
  void refusesWhatReachesForTheHost(String key) {
    assertThat(problems("services: {web: {image: a, " + key + ": x}}"))
        .singleElement()
        .asString()
        .startsWith("services.web." + key + ": ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "volumes: ['./a:/a']                              | services.web.volumes[0]: folders of the host",
        "volumes: ['/:/a']                                | services.web.volumes[0]: folders of the host",
        "volumes: [{type: bind, source: /, target: /a}]   | services.web.volumes[0].type: folders of the",
        "ports: ['127.0.0.1:80:80']                       | services.web.ports[0]: is not a single port",
        "ports: ['80-90:80-90']                           | services.web.ports[0]: is not a single port",
        "ports: [{target: 80, host_ip: 127.0.0.1}]        | services.web.ports[0].host_ip: a swarm",
        "ports: ['70000:80']                              | services.web.ports[0]: is not a single port",
        "configs: [other]                                 | services.web.configs[0]: there is no other",
        "secrets: [{source: s, target: ../s}]             | services.web.secrets[0].target: is not a path",
        "secrets: [{source: s, mode: 999}]                | services.web.secrets[0].mode: is not a number",
        "networks: [host]                                 | services.web.networks.host: there is no such",
        "labels: {com.docker.stack.namespace: other}      | services.web.labels.com.docker.stack.namespace",
        "deploy: {labels: {permanu.managed: 'false'}}     | services.web.deploy.labels.permanu.managed",
        "deploy: {replicas: 1001}                         | services.web.deploy.replicas: is not 0 to 1000",
        "deploy: {mode: global, replicas: 2}              | services.web.deploy.replicas: a global service",
        "deploy: {mode: global-job}                       | services.web.deploy.mode: is none of",
        "deploy: {update_config: {failure_action: stop}}  | services.web.deploy.update_config.failure_a",
        "deploy: {rollback_config: {failure_action: rollback}} | services.web.deploy.rollback_config.fail",
        "deploy: {update_config: {max_failure_ratio: 2}}  | services.web.deploy.update_config.max_failure",
        "deploy: {placement: {constraints: [somewhere]}}  | services.web.deploy.placement.constraints",
        "deploy: {placement: {preferences: []}}           | services.web.deploy.placement.preferences",
        "deploy: {resources: {reservations: {pids: 4}}}   | services.web.deploy.resources.reservations.pids",
        "deploy: {resources: {reservations: {devices: []}}} | services.web.deploy.resources.reservations.dev",
      })
  void namesWhatIsWrongWithAService(String text, String problem) {
    var file = "services: {web: {image: a, " + text + "}}\nsecrets: {s: {file: word.txt}}\n";
    assertThat(problems(file)).anyMatch(each -> each.startsWith(problem));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "networks: {n: {external: true}}                 | networks.n.external: networks of other",
        "networks: {n: {driver: host}}                   | networks.n.driver: only overlay",
        "volumes: {v: {driver_opts: {device: /}}}        | volumes.v.driver_opts: a volume must not",
        "configs: {c: {file: none.txt}}                  | configs.c.file: there is no none.txt",
        "configs: {c: {file: ../page.txt}}               | configs.c.file: there is no ../page.txt",
        "configs: {c: {external: true}}                  | configs.c.external: those of other stacks",
        "secrets: {s: {environment: HOME}}               | secrets.s.environment: variables of the agent",
        "include: [other.yml]                            | include: other files are not read",
      })
  void namesWhatIsWrongBesideTheServices(String text, String problem) {
    assertThat(problems("services: {web: {image: a}}\n" + text + "\n"))
        .anyMatch(each -> each.startsWith(problem));
  }

  @Test
  void takesUpToAMebibyte() throws Exception {
    var services = "services: {web: {image: a}}\n#";
    var rest = "x".repeat(StackFile.MOST_CHARACTERS - services.length());
    assertThat(StackFile.parse(services + rest, FILES).services()).containsKey("web");
    assertThat(problems(services + rest + "x")).containsExactly("the file is larger than 1024 KiB");
    assertThat(problems("networks: {}")).contains("services: must be 1 to 100");
  }
}
