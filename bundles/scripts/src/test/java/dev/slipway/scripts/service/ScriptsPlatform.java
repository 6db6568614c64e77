package dev.slipway.scripts.service;

import dev.slipway.api.Caller;
import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.api.script.ScriptSandbox;
import dev.slipway.data.Database;
import dev.slipway.scripting.Sandbox;
import dev.slipway.scripts.Script;
import dev.slipway.scripts.resource.ScriptExecutionResource;
import dev.slipway.scripts.resource.ScriptHookResource;
import dev.slipway.scripts.resource.ScriptReceiverResource;
import dev.slipway.scripts.resource.ScriptResource;
import dev.slipway.scripts.resource.ScriptSettingsResource;
import dev.slipway.scripts.resource.ScriptVersionResource;
import dev.slipway.security.egress.GuardedEgress;
import dev.slipway.testkit.TestClient;
import dev.slipway.testkit.TestPlatform;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/** The feature on a real platform, with real workers. */
public final class ScriptsPlatform implements AutoCloseable {
  private static final Duration LONGEST = Duration.ofSeconds(90);

  public final TestPlatform platform = TestPlatform.start();
  public final UUID tenant = Ids.next();
  public final KnownPeople people = new KnownPeople();
  public final NoteFunction notes = new NoteFunction();
  public final Database database = platform.database("scripts", Script.class.getClassLoader());
  public final Registry registry = new Registry(platform.json(), platform.schemas());
  public final Queue queue = new Queue(database, platform.signals(), platform.json());
  public final Attachments attachments = new Attachments(database, platform.signals());
  public final Uses uses = new Uses();
  public final Runner runner;
  public final ExecutionLog executionLog = new ExecutionLog(database, platform.json());
  public final AttachedScripts attached;
  public final QueuedRuns queuedRuns;
  private final Sandbox sandbox;

  public ScriptsPlatform() {
    platform
        .facts()
        .set("slipway.scripting.worker", System.getProperty("slipway.scripting.worker"));
    platform.facts().set("slipway.scripting.workers", "1");
    platform.facts().set("slipway.egress.allow", "127.0.0.1/32");
    sandbox = new Sandbox(platform.facts());
    var tokens = new Tokens(platform.secrets(), platform.facts());
    var entries = new Entries(database, platform.json());
    registry.addApi(new FetchFunction(new GuardedEgress(platform.facts()), database));
    registry.addApi(new EntryGet(entries));
    registry.addApi(new EntrySet(entries));
    registry.addApi(new EntryDelete(entries));
    registry.addApi(new EntryList(entries));
    registry.addApi(new SecretFunction(database, tokens));
    registry.addApi(notes);
    var owners = new Owners(people, people);
    runner = new Runner(database, sandbox, registry, owners, platform.secrets(), platform.json());
    attached = new AttachedScripts(registry, attachments, runner, executionLog);
    queuedRuns = new QueuedRuns(database, attachments, runner, platform.json());
    var drafts = new Drafts(registry, sandbox);
    var scripts = new ScriptService(database, platform.events(), attachments, drafts, tokens, uses);
    var executions = new ExecutionService(database, registry, runner, platform.json());
    platform.register(
        new ScriptResource(scripts, executions, platform.json()),
        new ScriptVersionResource(scripts),
        new ScriptExecutionResource(executions, platform.json()),
        new ScriptHookResource(registry, new Typings(registry)),
        new ScriptSettingsResource(new SettingsService(database)),
        new ScriptReceiverResource(new Receiver(database, queue, platform.json())));
  }

  /** The sandbox with its workers. */
  public ScriptSandbox sandbox() {
    return sandbox;
  }

  /** An admin of the tenant, whose scripts have an admin's rights. */
  public TestClient admin() {
    return admin(tenant);
  }

  public TestClient admin(UUID of) {
    var client = platform.as(of, Role.ADMIN);
    people.seat(client.userId(), of);
    return client;
  }

  /** Saves a script; returns its id. */
  public UUID script(TestClient client, String name, String hook, String source) {
    return script(client, Map.of("name", name, "hook", hook, "source", source));
  }

  public UUID script(TestClient client, Map<String, ?> body) {
    var answer = client.post("/api/scripts", body);
    if (answer.status() != 201) {
      throw new AssertionError(answer.status() + " " + answer.text());
    }
    return UUID.fromString(answer.at("/script/id"));
  }

  /** Runs all that is queued, as the dispatcher would. */
  public void runQueued() {
    for (var claimed = queuedRuns.claim(10); !claimed.isEmpty(); claimed = queuedRuns.claim(10)) {
      claimed.forEach(queuedRuns::run);
    }
  }

  public static void eventually(BooleanSupplier condition, String what) {
    var end = System.nanoTime() + LONGEST.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within " + LONGEST + ": " + what);
      }
      try {
        Thread.sleep(20);
      } catch (InterruptedException interrupted) {
        throw new IllegalStateException(interrupted);
      }
    }
  }

  public Caller caller() {
    return TestPlatform.caller(tenant, Role.ADMIN);
  }

  @Override
  public void close() throws Exception {
    attachments.close();
    sandbox.close();
    platform.close();
  }
}
