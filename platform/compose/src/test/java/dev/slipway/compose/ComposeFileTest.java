package dev.slipway.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.compose.Service.Condition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ComposeFileTest {
  private static final String SHOP =
      """
      version: "3.9"
      x-common: &common
        restart: unless-stopped
        environment:
          LEVEL: info
          VERSION: 1.10
      services:
        web:
          <<: *common
          build:
            context: ./web
            dockerfile: Dockerfile.web
            args:
              FLAVOUR: ${FLAVOUR:-vanilla}
          command: sh -c "exec serve --on '0.0.0.0'"
          env_file:
            - web.env
            - path: more.env
              required: false
          ports: ["8080:3000", "127.0.0.1:9000:9090/tcp"]
          depends_on:
            db:
              condition: service_healthy
            migrate:
              condition: service_completed_successfully
          labels: [slipway.primary=true, team=shop]
          deploy:
            resources:
              limits: {cpus: "0.5", memory: 256M, pids: 100}
        migrate:
          image: shop/migrate:${TAG}
          depends_on: [db]
        db:
          image: postgres:16
          environment:
            - PASSWORD
            - POSTGRES_DB=shop
          healthcheck:
            test: ["CMD", "pg_isready"]
            interval: 1m30s
            retries: 5
          volumes:
            - data:/var/lib/postgresql/data
            - {type: volume, source: data, target: /copy, read_only: true}
          networks: [inner]
      networks:
        inner: {internal: true}
      volumes:
        data:
      """;

  private static ComposeFile parse(String text, String... variables) throws ComposeFault {
    var map = new java.util.HashMap<String, String>();
    for (int i = 0; i < variables.length; i += 2) {
      map.put(variables[i], variables[i + 1]);
    }
    return ComposeFile.parse(text, map, map);
  }

  private static List<String> problems(String text) {
    return catchThrowableOfType(ComposeFault.class, () -> parse(text)).problems();
  }

  /** A file with one service that has one more line. */
  private static String with(String line) {
    return "services:\n  web:\n    image: web\n    " + line.replace("\n", "\n    ") + "\n";
  }

  @Test
  void fileIsRead() throws ComposeFault {
    var file = parse(SHOP, "TAG", "7", "PASSWORD", "geheim");
    assertThat(file.services().keySet()).containsExactly("db", "migrate", "web");
    assertThat(file.primary()).isEqualTo("web");
    assertThat(file.volumes()).containsExactly("data");
    assertThat(file.networks())
        .containsExactlyInAnyOrderEntriesOf(Map.of("default", false, "inner", true));
    assertThat(file.variables()).containsExactly("TAG");
    assertThat(file.warnings())
        .containsExactly("version: is left out: files have no versions any more");
    var web = file.services().get("web");
    assertThat(web.build())
        .isEqualTo(new Service.Build("./web", "Dockerfile.web", Map.of("FLAVOUR", "vanilla")));
    assertThat(web.process().command()).containsExactly("sh", "-c", "exec serve --on '0.0.0.0'");
    assertThat(web.process().environment())
        .containsExactlyInAnyOrderEntriesOf(Map.of("LEVEL", "info", "VERSION", "1.10"));
    assertThat(web.process().envFiles())
        .containsExactly(
            new Service.EnvFile("web.env", true), new Service.EnvFile("more.env", false));
    assertThat(web.ports()).containsExactly(3000, 9090);
    assertThat(web.dependsOn())
        .containsEntry("db", Condition.HEALTHY)
        .containsEntry("migrate", Condition.COMPLETED);
    assertThat(web.restart()).isEqualTo(new Service.Restart("unless-stopped", 0));
    assertThat(web.limits()).isEqualTo(new Service.Limits(256L << 20, 0.5, 100));
    var db = file.services().get("db");
    assertThat(db.process().environment())
        .containsExactlyInAnyOrderEntriesOf(Map.of("PASSWORD", "geheim", "POSTGRES_DB", "shop"));
    assertThat(db.mounts())
        .containsExactly(
            new Service.Mount("data", "/var/lib/postgresql/data", false),
            new Service.Mount("data", "/copy", true));
    assertThat(db.networks()).containsExactly("inner");
    assertThat(db.healthCheck().interval()).isEqualTo(Duration.ofSeconds(90));
    assertThat(file.services().get("migrate").image()).isEqualTo("shop/migrate:7");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          privileged: true                          | services.web.privileged: containers run without privileges
          cap_add: [SYS_ADMIN]                      | services.web.cap_add: containers get no more
          devices: ["/dev/kvm"]                     | services.web.devices: containers get no devices
          network_mode: host                        | services.web.network_mode: services share nothing with the host
          pid: host                                 | services.web.pid: services share nothing
          ipc: host                                 | services.web.ipc: services share nothing
          userns_mode: host                         | services.web.userns_mode: services share nothing
          security_opt: ["seccomp:unconfined"]      | services.web.security_opt: what confines
          volumes_from: [db]                        | services.web.volumes_from: services share nothing
          extends: {file: ../other.yml, service: x} | services.web.extends: other services and files
          sysctls: {net.core.somaxconn: 1}          | services.web.sysctls: the kernel
          secrets: [key]                            | services.web.secrets: is not supported
          use_api_socket: true                      | services.web.use_api_socket: containers get no access
          volumes: ["/etc:/host"]                   | services.web.volumes[0]: folders of the host are not mounted
          volumes: ["./conf:/etc/conf"]             | services.web.volumes[0]: folders of the host are not mounted
          volumes: ["/var/run/docker.sock:/s"]      | services.web.volumes[0]: containers get no access to the engine
          volumes: ["/data"]                        | services.web.volumes[0]: give the volume a name
          volumes: [{type: bind, source: /, target: /host}] | services.web.volumes[0].type: folders of the host
          volumes: ["other:/data"]                  | services.web.volumes[0]: there is no volume other
          deploy: {replicas: 3}                     | services.web.deploy.replicas: a service runs once
          deploy: {mode: global}                    | services.web.deploy.mode: is not supported
          labels: {com.docker.compose.project: a}   | services.web.labels.com.docker.compose.project: is a label
          build: {context: ., network: host}        | services.web.build.network: builds run
          ports: ["53:53/udp"]                      | services.web.ports[0]: is not a single TCP port
          ports: ["3000-3005"]                      | services.web.ports[0]: is not a single TCP port
          prilivegd: true                           | services.web.prilivegd: is not supported
          depends_on: [db]                          | services.web.depends_on.db: there is no such service
          depends_on: [web]                         | services.web.depends_on.web: the services depend on each other
          restart: sometimes                        | services.web.restart: is no, always
          networks: [outer]                         | services.web.networks.outer: there is no such network
          healthcheck: {test: [pg_isready]}         | services.web.healthcheck.test: must begin with CMD
          command: "sh -c 'x"                       | services.web.command: has a quote
          environment: {"A B": c}                   | services.web.environment: has a name
          """)
  void whatIsNotSupportedIsNamed(String line, String problem) {
    assertThat(problems(with(line))).singleElement().asString().startsWith(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          volumes: {v: {driver_opts: {type: none, o: bind, device: /}}} | volumes.v.driver_opts: a volume must not lead
          volumes: {v: {external: true}}                                | volumes.v.external: volumes of other apps
          volumes: {v: {driver: nfs}}                                   | volumes.v.driver: only local
          networks: {n: {external: true}}                               | networks.n.external: networks of other apps
          networks: {n: {driver: host}}                                 | networks.n.driver: only bridge
          secrets: {s: {external: true}}                                | secrets: is not supported
          configs: {c: {file: /etc/passwd}}                             | configs: is not supported
          include: [../other.yml]                                       | include: other files are not read
          servcies: {}                                                  | servcies: is not supported
          """)
  void partsBesideServicesAreNamed(String line, String problem) {
    assertThat(problems(with("") + line + "\n")).singleElement().asString().startsWith(problem);
  }

  @Test
  void allThatIsWrongIsSaidAtOnce() {
    assertThat(problems(with("privileged: true\npid: host\nnothing: 1"))).hasSize(3);
    assertThat(problems("services:\n  web: {}\n"))
        .containsExactly("services.web.image: is required where nothing is built");
    assertThat(problems("services:\n  ../web: {image: a}\n").getFirst()).contains("a name is");
  }

  @Test
  void whatHasNoEffectIsWarnedOf() throws ComposeFault {
    var file = parse(with("container_name: x\ntty: true\nlogging: {driver: syslog}"));
    assertThat(file.warnings())
        .hasSize(3)
        .contains(
            "services.web.container_name: is left out: containers are named after the deployment");
  }

  @Test
  void circlesAreRefused() {
    assertThat(
            problems(
                """
                services:
                  a: {image: a, depends_on: [b]}
                  b: {image: b, depends_on: [c]}
                  c: {image: c, depends_on: [a]}
                """))
        .containsExactly("services.c.depends_on.a: the services depend on each other in a circle");
  }

  @Test
  void thePrimaryMustBeClear() throws ComposeFault {
    var file = parse("services: {a: {image: a, ports: ['80']}, b: {image: b, ports: ['81']}}");
    assertThat(file.primary()).isNull();
    assertThatThrownBy(file::requirePrimary).hasMessageContaining("slipway.primary: \"true\"");
    assertThat(parse("services: {a: {image: a}}").primary()).isEqualTo("a");
    assertThat(parse("services: {a: {image: a}, b: {image: b, ports: ['81']}}").primary())
        .isEqualTo("b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          $SET            | value
          ${SET}          | value
          a-${SET}-b      | a-value-b
          ${UNSET:-other} | other
          ${EMPTY:-other} | other
          ${EMPTY-other}  | ''
          ${SET:+there}   | there
          ${UNSET:+there} | ''
          ${UNSET:-${SET}}| value
          $$SET           | $SET
          ${UNSET:-}      | ''
          """)
  void variablesAreFilledIn(String written, String read) throws ComposeFault {
    var file = parse(with("environment: {X: '" + written + "'}"), "SET", "value", "EMPTY", "");
    assertThat(file.services().get("web").process().environment()).containsEntry("X", read);
  }

  @Test
  void onlyGivenVariablesAreKnown() throws ComposeFault {
    assertThat(System.getenv("PATH")).isNotEmpty();
    var file = parse(with("environment: {X: 'a${PATH}', PATH: null}"));
    assertThat(file.services().get("web").process().environment())
        .containsExactlyEntriesOf(Map.of("X", "a"));
    assertThat(file.warnings())
        .containsExactly(
            "services.web.environment.X: the variable PATH is not set and reads as empty");
    assertThat(problems(with("user: '${WHO:?say who}'")))
        .containsExactly("services.web.user: the variable WHO is required: say who");
    assertThat(problems(with("user: '${WHO'"))).hasSize(1);
    assertThat(problems(with("user: 'a$'"))).hasSize(1);
  }

  @Test
  void buildsSeeTheirOwnVariables() throws ComposeFault {
    var text = "services: {a: {build: {context: ., args: {X: $A, B: null}}, user: $A}}";
    var service =
        ComposeFile.parse(text, Map.of("A", "geheim", "B", "geheim"), Map.of("B", "open"))
            .services()
            .get("a");
    assertThat(service.process().user()).isEqualTo("geheim");
    assertThat(service.build().args())
        .containsExactlyInAnyOrderEntriesOf(Map.of("X", "", "B", "open"));
  }

  @Test
  void valuesOfVariablesAreNoYaml() throws ComposeFault {
    var file = parse(with("user: $WHO"), "WHO", "a\nprivileged: true");
    assertThat(file.services().get("web").process().user()).isEqualTo("a\nprivileged: true");
  }

  @Test
  void variablesDoNotBlowUp() {
    var long64k = "x".repeat(64 * 1024);
    var text = with("command: [" + "$A,".repeat(64) + "]");
    assertThatThrownBy(() -> parse(text, "A", long64k)).hasMessageContaining("larger than 1 MiB");
  }

  @Test
  void aliasesDoNotBlowUp() {
    var bomb = new StringBuilder("x-a: &a [lol,lol,lol,lol,lol,lol,lol,lol,lol]\n");
    for (char c = 'b'; c <= 'i'; c++) {
      char before = (char) (c - 1);
      bomb.append("x-" + c + ": &" + c + " [").append(("*" + before + ",").repeat(9)).append("]\n");
    }
    assertThatThrownBy(() -> parse(bomb + with("command: *i")))
        .isInstanceOf(ComposeFault.class)
        .hasMessageContaining("aliases");
    // Few aliases, each of a long list, and each beside the others in every level.
    var slow = new StringBuilder("x-a: &a [l,l,l,l,l,l,l,l,l,l]\n");
    for (char c = 'b'; c <= 'g'; c++) {
      char before = (char) (c - 1);
      slow.append("x-" + c + ": &" + c + " [").append(("*" + before + ",").repeat(7)).append("]\n");
    }
    assertThatThrownBy(() -> parse(slow + with("command: *g")))
        .isInstanceOf(ComposeFault.class)
        .hasMessageContaining("aliases");
    assertThatThrownBy(() -> parse(with("command: &a [*a]"))).isInstanceOf(ComposeFault.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "command: !!java.net.URL [\"http://localhost\"]",
        "command: !!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[]]]",
        "command: !reset null",
        "user: !!binary aGVsbG8=",
        "user: !ENV x",
      })
  void tagsConstructNothing(String line) {
    assertThat(problems(with(line))).isNotEmpty().first().asString().contains("tag");
  }

  @Test
  void otherTextsAreRefused() {
    assertThat(problems("")).containsExactly("the file is not a map with services");
    assertThat(problems("- a")).containsExactly("the file is not a map with services");
    assertThat(problems("a: [").getFirst()).startsWith("the file is not YAML");
    assertThat(problems("services: {a: {image: a}}\n---\nservices: {}").getFirst())
        .startsWith("the file is not YAML");
    assertThat(problems("services:\n  a: {image: a, image: b}")).hasSize(1);
    assertThat(problems("services: {a: {image: a}}\n#" + "x".repeat(256 * 1024)).getFirst())
        .contains("256 KiB");
    assertThat(problems("a: " + "[".repeat(5000)).getFirst()).startsWith("the file is");
  }
}
