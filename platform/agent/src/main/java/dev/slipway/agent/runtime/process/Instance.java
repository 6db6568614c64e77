package dev.slipway.agent.runtime.process;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.agent.os.AtomicFile;
import dev.slipway.agent.os.CleanEnvironment;
import dev.slipway.agent.runtime.RuntimeRefusal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One app instance and the thread that keeps it as it is wanted: starts or adopts its process,
 * waits for its end, and starts it again by its restart policy with growing waits. The record on
 * disk says what is wanted before anything is done, so a crash of the agent at any point is made
 * good by the next start.
 */
final class Instance {
  private static final Logger LOG = LoggerFactory.getLogger(Instance.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
  private static final Duration STABLE = Duration.ofSeconds(60);

  /** What all instances share. */
  record Host(Cgroups cgroups, Ports ports, Consumer<String> changed) {}

  /** Folders and files of one instance. */
  record Home(Path folder) {
    Path record() {
      return folder.resolve("record.json");
    }

    Path identity() {
      return folder.resolve("identity");
    }

    Path app() {
      return folder.resolve("app");
    }

    Path home() {
      return folder.resolve("home");
    }
  }

  private enum End {
    NONE,
    REMOVED,
    AGENT_ENDS
  }

  private final Home home;
  private final Host host;
  private final InstanceLog log;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Thread supervisor;

  // All guarded by the lock.
  private InstanceRecord record;
  private @Nullable LiveProcess live;
  private LimitGroup limits = LimitGroup.NONE;
  private End end = End.NONE;
  private boolean memoryExceeded;
  private Duration wait = FIRST_WAIT;
  private long attempts;
  private String launchFault = "";

  Instance(Home home, InstanceRecord record, InstanceLog log, Host host) {
    this.home = home;
    this.record = record;
    this.log = log;
    this.host = host;
    this.supervisor =
        Thread.ofVirtual().name("instance-" + record.spec().name()).unstarted(this::supervise);
  }

  /** What a reader sees at one moment. */
  record View(InstanceRecord record, String status, long pid) {}

  void begin() throws IOException {
    lock.lock();
    try {
      save();
    } finally {
      lock.unlock();
    }
    supervisor.start();
  }

  View view() {
    lock.lock();
    try {
      var process = live;
      if (process != null && process.isAlive()) {
        return new View(record, "running", process.pid());
      }
      var history = record.history();
      var status = record.wanted() && end == End.NONE ? "restarting" : "exited";
      return new View(record, history.startedAt().isEmpty() ? "created" : status, -1);
    } finally {
      lock.unlock();
    }
  }

  InstanceLog log() {
    return log;
  }

  Home home() {
    return home;
  }

  /** The environment of the app, which commands beside it get too. */
  Map<String, String> environment() {
    var view = view().record();
    var additions = new HashMap<>(view.spec().environment());
    additions.put("PORT", Integer.toString(view.port()));
    return CleanEnvironment.of(home.home(), additions);
  }

  /** Wants the instance to run, whenever it ends, and waits until its process has been started. */
  void startForGood(Duration limit) throws IOException, InterruptedException, RuntimeRefusal {
    lock.lockInterruptibly();
    try {
      record = record.started();
      save();
      start(limit);
    } finally {
      lock.unlock();
    }
  }

  /** Waits until the process of an instance that is wanted has been started. */
  void start(Duration limit) throws IOException, InterruptedException, RuntimeRefusal {
    lock.lockInterruptibly();
    try {
      wait = FIRST_WAIT;
      long before = attempts;
      changed.signalAll();
      var left = limit.toNanos();
      while (live == null && attempts == before && end == End.NONE) {
        if (left <= 0) {
          throw new RuntimeRefusal("the process did not start within " + limit.toSeconds() + " s");
        }
        left = changed.awaitNanos(left);
      }
      if (live == null && !launchFault.isEmpty()) {
        throw new RuntimeRefusal(launchFault);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends the process and remembers that it shall not run. */
  void stop(Duration grace) throws IOException, InterruptedException {
    lock.lockInterruptibly();
    try {
      record = record.wanted(false);
      save();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    endProcess(grace);
  }

  /** Ends the process and the supervision for good; the files are the caller's to delete. */
  void remove() throws IOException, InterruptedException {
    lock.lockInterruptibly();
    try {
      record = record.wanted(false);
      end = End.REMOVED;
      save();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    endProcess(GRACE);
    supervisor.join();
    log.journal().close();
  }

  /** Ends the supervision because the agent ends; the instance stays wanted. */
  void leave(boolean keepProcess) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      end = End.AGENT_ENDS;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (keepProcess) {
      supervisor.interrupt();
    } else {
      endProcess(GRACE);
    }
    supervisor.join(GRACE.plusSeconds(5));
  }

  /** Ends the process because it holds more memory than it may; the restart policy decides on. */
  void killForMemory() throws InterruptedException {
    LiveProcess process;
    lock.lockInterruptibly();
    try {
      process = live;
      memoryExceeded = process != null;
    } finally {
      lock.unlock();
    }
    if (process != null) {
      process.group().kill();
    }
  }

  private void endProcess(Duration grace) throws InterruptedException {
    LiveProcess process;
    lock.lockInterruptibly();
    try {
      process = live;
    } finally {
      lock.unlock();
    }
    if (process == null) {
      return;
    }
    process.group().terminate(grace);
    lock.lockInterruptibly();
    try {
      var left = grace.toNanos();
      while (live == process && left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  private void supervise() {
    try {
      while (awaitWanted()) {
        runOnce();
        pause();
      }
    } catch (InterruptedException e) {
      // The agent ends and leaves the process to its successor.
      Thread.currentThread().interrupt();
    }
  }

  /** No fault of the host, such as a full disk, ends the supervision: it will pass. */
  private void runOnce() throws InterruptedException {
    try {
      var process = startOrAdopt();
      if (process != null) {
        int code = process.awaitEnd();
        ended(process, code);
      }
    } catch (IOException | RuntimeException e) {
      LOG.error("Instance {} is looked after again in a while", home.folder().getFileName(), e);
    }
  }

  /** False when the supervision is to end. */
  private boolean awaitWanted() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!record.wanted() && end == End.NONE) {
        changed.await();
      }
      return end == End.NONE;
    } finally {
      lock.unlock();
    }
  }

  /** Null when the process could not be started; that counts as its end. */
  private @Nullable LiveProcess startOrAdopt() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      if (!record.wanted() || end != End.NONE) {
        return null;
      }
      memoryExceeded = false;
      launchFault = "";
      limits = host.cgroups().open(record.spec().name(), record.spec().limits());
      var found = LiveProcess.adopt(home.identity());
      if (found.isPresent()) {
        live = found.get();
        if (record.history().startedAt().isEmpty()) {
          // The agent was killed between the start and the note of it.
          record = record.with(record.history().started(Instant.now().toString()));
        }
        LOG.info("Instance {} still runs as pid {}", record.spec().name(), live.pid());
      } else {
        live = launch();
        record = record.with(record.history().started(Instant.now().toString()));
      }
      saveIfPossible();
      return live;
    } catch (IOException | RuntimeRefusal e) {
      launchFault = "cannot start: " + e.getMessage();
      var now = Instant.now().toString();
      var history = record.history().started(now);
      record = record.with(history.ended(127, launchFault, false, now));
      saveIfPossible();
      note(launchFault);
      return null;
    } finally {
      attempts++;
      changed.signalAll();
      lock.unlock();
      host.changed().accept(record.spec().name());
    }
  }

  private LiveProcess launch() throws IOException, InterruptedException, RuntimeRefusal {
    var spec = record.spec();
    if (!Ports.isFree(record.port())) {
      host.ports().giveBack(record.port());
      record = record.at(host.ports().take());
    }
    var place = new LiveProcess.Place(home.app(), log.out(), log.error(), home.identity());
    var started = LiveProcess.start(spec.command(), environment(), place, limits);
    LOG.info("Instance {} started as pid {} on port {}", spec.name(), started.pid(), record.port());
    return started;
  }

  private void ended(LiveProcess process, int code) throws IOException, InterruptedException {
    // First, for who sees the end looks for the last lines.
    collectRest();
    lock.lockInterruptibly();
    try {
      // Before all that may fail: nobody is to wait for it any more.
      live = null;
      changed.signalAll();
      boolean outOfMemory = memoryExceeded || (code == 137 && Cgroups.oomKills(limits) > 0);
      var history = record.history();
      var started = Instant.parse(history.startedAt());
      var now = Instant.now();
      if (Duration.between(started, now).compareTo(STABLE) >= 0) {
        wait = FIRST_WAIT;
      }
      record =
          record.with(
              history.ended(code, reason(process, code, outOfMemory), outOfMemory, now.toString()));
      if (record.wanted() && end == End.NONE && !record.spec().restart().restartsAfter(code)) {
        record = record.wanted(false);
      }
      saveIfPossible();
      LOG.info("Instance {} ended: {}", record.spec().name(), record.history().exitReason());
    } finally {
      lock.unlock();
    }
    host.changed().accept(record.spec().name());
  }

  private void collectRest() throws InterruptedException {
    try {
      log.collect(true);
    } catch (IOException | RuntimeException e) {
      LOG.warn("The last output of {} cannot be kept", home.folder().getFileName(), e);
    }
  }

  private void note(String text) {
    try {
      log.note(text);
    } catch (IOException e) {
      LOG.warn("The log of {} does not say: {}", home.folder().getFileName(), text, e);
    }
  }

  private static String reason(LiveProcess process, int code, boolean outOfMemory) {
    if (outOfMemory) {
      return "out of memory";
    }
    if (!process.isChild()) {
      return "ended; the agent was restarted meanwhile, so the exit code is not known";
    }
    return code > 128 ? "killed by signal " + (code - 128) : "exited with code " + code;
  }

  /** Waits before the next start, unless something changes. */
  private void pause() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      if (!record.wanted() || end != End.NONE) {
        return;
      }
      var left = wait.toNanos();
      wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait.multipliedBy(2);
      while (left > 0 && record.wanted() && end == End.NONE) {
        left = changed.awaitNanos(left);
      }
      if (record.wanted() && end == End.NONE) {
        record = record.with(record.history().restarted());
        saveIfPossible();
      }
    } finally {
      lock.unlock();
    }
  }

  private void save() throws IOException {
    AtomicFile.write(home.record(), JSON.writeValueAsBytes(record));
  }

  /** For what has happened already; what is wanted is always saved before. */
  private void saveIfPossible() {
    try {
      save();
    } catch (IOException e) {
      LOG.warn("What became of {} cannot be saved", record.spec().name(), e);
    }
  }
}
