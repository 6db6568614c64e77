package dev.slipway.scripting;

import dev.slipway.api.CommonError;
import dev.slipway.api.platform.Platform;
import dev.slipway.api.script.ScriptFault;
import dev.slipway.api.script.ScriptHost;
import dev.slipway.api.script.ScriptOutcome;
import dev.slipway.api.script.ScriptSandbox;
import dev.slipway.api.script.ScriptTask;
import dev.slipway.scriptworker.wire.Limits;
import dev.slipway.scriptworker.wire.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Takes tasks in turn, gives each to a worker, and makes an outcome of whatever happens then. */
@Component(service = ScriptSandbox.class, immediate = true)
public final class Sandbox implements ScriptSandbox, AutoCloseable {
  /** Processor time is dearer than waiting. */
  private static final int MOST_CPU_MILLIS = 5_000;

  private static final Duration CHECK = Duration.ofSeconds(2);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  /** Only after a start, or after many kills in a row, is there none that is warm. */
  private static final Duration LONGEST_START = Duration.ofSeconds(30);

  /** Behind the rush of a start. */
  private static final Duration REST = Duration.ofSeconds(10);

  /** Behind the platform's own cache. */
  private static final Duration CACHE_REST = Duration.ofSeconds(60);

  private final Duration rest;
  private final Turns turns;

  /** Before their turn: who checks what kills a worker checks less, and his scripts run on. */
  private final Turns checks = new Turns(1000, 32, 32, 1000);

  private final FirstLook starter;
  private final WorkerPool pool;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("script deadlines").factory());

  /** Starts no worker yet. */
  @Activate
  public Sandbox(@Reference Platform platform) {
    this(program(platform), workers(platform), REST);
  }

  Sandbox(WorkerProgram program, int workers, Duration rest) {
    // One more than can be at work, so that a killed one has a successor at once.
    this(program, workers, workers + 1, rest);
  }

  private Sandbox(WorkerProgram program, int workers, int processes, Duration rest) {
    this.rest = rest;
    turns = new Turns(workers, Math.max(1, workers - 1), 32, 1000);
    starter = new FirstLook(program, processes);
    pool = new WorkerPool(starter, processes);
  }

  /**
   * One process without a spare, started at once, for programs that run one script after another.
   *
   * @param folder holds the jars of the worker program
   */
  public static Sandbox alone(Path folder) {
    var sandbox = new Sandbox(WorkerProgram.in(folder), 1, 1, Duration.ZERO);
    sandbox.warm();
    return sandbox;
  }

  private static WorkerProgram program(Platform platform) {
    var set = platform.setting("slipway.scripting.worker");
    var folder = set == null ? platform.home().resolve("scripting") : Path.of(set);
    var none = set != null || "off".equals(platform.setting("slipway.aot"));
    var caches = platform.data().resolve("cache").resolve("scripting");
    return new WorkerProgram(folder, none ? null : caches, CACHE_REST);
  }

  private static int workers(Platform platform) {
    var set = platform.setting("slipway.scripting.workers");
    return set == null ? 2 : Math.clamp(Integer.parseInt(set), 1, 64);
  }

  /** Looks what the machine offers when the first worker is started, which takes a while. */
  private final class FirstLook implements WorkerPool.Starter, AutoCloseable {
    private final WorkerProgram program;
    private final int workers;
    private volatile @Nullable WorkerLauncher launcher;

    FirstLook(WorkerProgram program, int workers) {
      this.program = program;
      this.workers = workers;
    }

    @Override
    public WorkerProcess start(int number) throws IOException, InterruptedException {
      var found = launcher;
      if (found == null) {
        found = WorkerLauncher.find(program, workers, timer);
        launcher = found;
      }
      return found.start(number);
    }

    @Override
    public void close() {
      if (launcher != null) {
        launcher.close();
      }
    }
  }

  @Override
  public void warm() {
    timer.schedule(pool::warm, rest.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public ScriptOutcome run(ScriptTask task, ScriptHost host) throws InterruptedException {
    return run(task, host, 0);
  }

  /**
   * As {@link #run(ScriptTask, ScriptHost)}.
   *
   * @param now milliseconds since 1970 that {@code api.now()} tells; 0 for the time
   */
  public ScriptOutcome run(ScriptTask task, ScriptHost host, long now) throws InterruptedException {
    var limits = limits(task.timeout());
    var exchange = new RunExchange(host, task.functions(), limits);
    var order =
        new Message.Run(
            digest(task.name() + "\n" + task.source()),
            task.name(),
            task.source(),
            task.event(),
            now,
            List.copyOf(task.functions()),
            limits);
    return give(task.tenantId(), order, exchange, task.timeout(), turns)
        ? exchange.outcome()
        : rejected();
  }

  private static ScriptOutcome rejected() {
    return new ScriptOutcome(
        ScriptOutcome.Status.REJECTED,
        null,
        ScriptFault.of("Too many scripts wait to run; this one was not begun."),
        null,
        0,
        0);
  }

  @Override
  public List<ScriptFault> check(UUID tenantId, String name, String source)
      throws InterruptedException {
    var exchange = new CheckExchange();
    var order = new Message.Check(name, source, limits(CHECK));
    if (!checked(tenantId, order, exchange)) {
      throw CommonError.RATE_LIMITED.of().retryAfter(Duration.ofSeconds(5));
    }
    return exchange.faults();
  }

  private boolean checked(UUID tenantId, Message order, Exchange exchange)
      throws InterruptedException {
    if (!checks.take(tenantId, LONGEST_WAIT)) {
      return false;
    }
    try {
      return give(tenantId, order, exchange, CHECK, checks);
    } finally {
      checks.back(tenantId);
    }
  }

  /**
   * False where there was no place for it, or no worker.
   *
   * @param penalties where the tenant waits longer once a process had to be killed for it
   */
  private boolean give(
      UUID tenantId, Message order, Exchange exchange, Duration longest, Turns penalties)
      throws InterruptedException {
    if (!turns.take(tenantId, LONGEST_WAIT)) {
      return false;
    }
    try {
      var worker = pool.take(LONGEST_START);
      worker.ifPresent(
          taken -> {
            taken.exchange(order, exchange, longest);
            if (!taken.alive()) {
              penalties.punish(tenantId);
            }
            pool.back(taken);
          });
      return worker.isPresent();
    } finally {
      turns.back(tenantId);
    }
  }

  private static Limits limits(Duration timeout) {
    var wall = (int) timeout.toMillis();
    return new Limits(
        Math.min(wall, MOST_CPU_MILLIS),
        wall,
        500,
        128L * 1024 * 1024,
        8 * 1024 * 1024,
        8 * 1024 * 1024,
        256 * 1024,
        200);
  }

  private static String digest(String text) {
    try {
      var hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** The processes that there are, for tests. */
  java.util.Set<Long> pids() {
    return pool.pids();
  }

  /** Whether a tenant's runs wait since a process was killed for one, for tests. */
  boolean pauses(UUID tenantId) {
    return turns.pauses(tenantId);
  }

  /** How many workers are warm and free, for tests. */
  int idle() {
    return pool.idle();
  }

  @Override
  @Deactivate
  public void close() {
    pool.close();
    starter.close();
    timer.shutdownNow();
  }
}
