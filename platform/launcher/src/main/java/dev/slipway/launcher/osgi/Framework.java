package dev.slipway.launcher.osgi;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running OSGi framework with the bundles of the distribution. */
public final class Framework implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Framework.class);
  private static final Duration LONGEST_STOP = Duration.ofSeconds(20);
  private static final Duration LONGEST_REASON = Duration.ofSeconds(5);

  /** These drain their requests first, while all services that the requests need still run. */
  private static final List<String> EDGES = List.of("dev.slipway.http", "dev.slipway.grpc");

  private final org.osgi.framework.launch.Framework felix;
  private final List<Bundle> distribution = new ArrayList<>();
  private final Map<String, String> reasons = new HashMap<>();

  private Framework(org.osgi.framework.launch.Framework felix) {
    this.felix = felix;
  }

  /**
   * Starts all bundles of a folder; returns when each has been started or has failed.
   *
   * @param storage the framework's own files, emptied first: what is installed is decided anew by
   *     the folder and, for plugins, by the database
   */
  public static Framework start(
      Path storage, Path bundles, String exports, Map<String, String> properties)
      throws BundleException, IOException {
    var configuration = new HashMap<>(properties);
    configuration.put(Constants.FRAMEWORK_STORAGE, storage.toString());
    configuration.put(
        Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
    configuration.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, exports);
    configuration.put(
        Constants.FRAMEWORK_BEGINNING_STARTLEVEL,
        Integer.toString(BundleFolder.Level.FEATURE.number()));
    // The launcher stops the framework itself, before the database.
    configuration.put("felix.shutdown.hook", "false");
    // Felix would print to the console; its failures reach us as framework events.
    configuration.put("felix.log.level", "0");
    configuration.put("ds.loglevel", "warn");
    configuration.put("ds.stop.timeout", "10000");
    var framework = new Framework(new FrameworkFactory().newFramework(configuration));
    try {
      framework.startAll(bundles);
      return framework;
    } catch (BundleException | IOException | RuntimeException e) {
      framework.close();
      throw e;
    }
  }

  private void startAll(Path folder) throws BundleException, IOException {
    felix.init();
    var context = felix.getBundleContext();
    context.addFrameworkListener(this::note);
    GoneBundles.watch(felix);
    for (var found : BundleFolder.read(folder)) {
      var bundle = context.installBundle("reference:" + found.jar().toUri());
      distribution.add(bundle);
      bundle.adapt(BundleStartLevel.class).setStartLevel(found.level().number());
      if (bundle.getHeaders("").get(Constants.FRAGMENT_HOST) == null) {
        bundle.start(Bundle.START_ACTIVATION_POLICY);
      }
    }
    felix.start();
  }

  /** What the framework itself sees, for whoever watches the bundles from outside. */
  public BundleContext context() {
    return felix.getBundleContext();
  }

  private void note(FrameworkEvent event) {
    if (event.getType() != FrameworkEvent.ERROR) {
      return;
    }
    var name = event.getBundle().getSymbolicName();
    LOG.error("bundle {} failed", name, event.getThrowable());
    synchronized (reasons) {
      reasons.putIfAbsent(name, reason(event.getThrowable()));
      reasons.notifyAll();
    }
  }

  private static String reason(Throwable failure) {
    var cause = failure;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    var message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return message.lines().findFirst().orElse(cause.toString());
  }

  /** One line for each bundle of the distribution that should run and does not. */
  public List<String> failures() throws InterruptedException {
    var lines = new ArrayList<String>();
    for (var bundle : distribution) {
      if (isWanted(bundle) && bundle.getState() != Bundle.ACTIVE) {
        lines.add(bundle.getSymbolicName() + ": " + awaitReason(bundle.getSymbolicName()));
      }
    }
    return lines;
  }

  /** Not a fragment, not waiting for its first class, not disabled meanwhile by the plugin host. */
  private static boolean isWanted(Bundle bundle) {
    var headers = bundle.getHeaders("");
    var lazy =
        bundle.getState() == Bundle.STARTING
            && headers.get(Constants.BUNDLE_ACTIVATIONPOLICY) != null;
    return headers.get(Constants.FRAGMENT_HOST) == null
        && !lazy
        && bundle.adapt(BundleStartLevel.class).isPersistentlyStarted();
  }

  /** One line for each component of the distribution whose start threw an exception. */
  public List<String> failedComponents() {
    return Components.failed(felix.getBundleContext(), distribution);
  }

  /** The framework tells reasons from a thread of its own, perhaps after the start returned. */
  private String awaitReason(String name) throws InterruptedException {
    var deadline = System.nanoTime() + LONGEST_REASON.toNanos();
    synchronized (reasons) {
      while (!reasons.containsKey(name) && System.nanoTime() < deadline) {
        reasons.wait(100);
      }
      return reasons.getOrDefault(name, "did not start");
    }
  }

  @Override
  public void close() {
    try {
      stopEdges();
      felix.stop();
      var event = felix.waitForStop(LONGEST_STOP.toMillis());
      if (event.getType() == FrameworkEvent.WAIT_TIMEDOUT) {
        LOG.warn("the bundles did not stop within {} s", LONGEST_STOP.toSeconds());
      }
    } catch (BundleException e) {
      LOG.warn("the bundles did not stop in order", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void stopEdges() throws BundleException {
    var context = felix.getBundleContext();
    if (context == null) {
      return;
    }
    for (var edge : EDGES) {
      for (var bundle : context.getBundles()) {
        if (edge.equals(bundle.getSymbolicName())) {
          bundle.stop(Bundle.STOP_TRANSIENT);
        }
      }
    }
  }
}
