package dev.slipway.launcher;

import dev.slipway.launcher.aot.AotCache;
import dev.slipway.launcher.aot.Training;
import dev.slipway.launcher.osgi.ClassPath;
import dev.slipway.launcher.osgi.Framework;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.BundleException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the parts of a platform one after the other and tells the operator what runs. */
final class Platform {

  private static final Duration READY_DEADLINE = Duration.ofSeconds(120);

  private static final Logger LOG = LoggerFactory.getLogger(Platform.class);

  private final Phases phases = new Phases();
  private final Path home;
  private final Settings settings;
  private final Variables variables;
  private final DataFolder data;
  private final Parts parts;
  private final Announcement announcement;

  Platform(
      Path home,
      Settings settings,
      Variables variables,
      DataFolder data,
      Parts parts,
      Announcement announcement) {
    this.home = home;
    this.settings = settings;
    this.variables = variables;
    this.data = data;
    this.parts = parts;
    this.announcement = announcement;
  }

  void start(boolean example, boolean training)
      throws StartFailure, IOException, InterruptedException {
    announcement.line("Starting Slipway " + Version.own() + " ...");
    var fresh = data.isFresh();
    var password = settings.owner().password(data);
    phases.done("program");
    var database = DatabaseAccess.open(settings, data, variables, parts, training);
    phases.done("database");
    var framework = startBundles(database, password, training);
    phases.done("bundles");
    var client = new PlatformClient(settings.listeners().http().local());
    Readiness.await(client, READY_DEADLINE);
    refuse("component ", framework.failedComponents());
    phases.done("readiness");
    var session = Optional.<Session>empty();
    if (fresh) {
      session = Session.login(client, settings.owner().email(), password.orElseThrow());
      phases.done("login");
    }
    LOG.info("ready: {}", phases);
    announcement.ready(phases, settings, database);
    if (variables.get("SLIPWAY_SMTP_URL").isEmpty()) {
      announcement.item("Mail", "no server configured (SLIPWAY_SMTP_URL): links stand in the log");
    }
    if (fresh) {
      welcome(session, password.orElseThrow());
    }
    if (training) {
      Training.exercise(session.orElseThrow());
      return;
    }
    if (example && session.isPresent()) {
      deployExample(session.get());
    }
    makeCache();
  }

  private Framework startBundles(
      DatabaseAccess database, Optional<String> password, boolean training)
      throws StartFailure, IOException, InterruptedException {
    var exports = ClassPath.own().exports(data.cache("exports"));
    try {
      var framework =
          Framework.start(
              data.cache("felix"),
              home.resolve("bundles"),
              exports,
              properties(database, password, training));
      parts.add("bundles", framework);
      refuse("bundle ", framework.failures());
      return framework;
    } catch (BundleException e) {
      throw StartFailure.failed("the bundles did not start: " + firstLine(e), e);
    }
  }

  private void refuse(String kind, List<String> failures) throws StartFailure {
    if (!failures.isEmpty()) {
      var others = failures.size() == 1 ? "" : " (and " + (failures.size() - 1) + " more)";
      var log = data.resolve("logs").resolve("slipway.log");
      var where = Files.exists(log) ? "; see " + log : "";
      throw StartFailure.failed(kind + failures.getFirst() + others + where);
    }
  }

  private static String firstLine(Exception failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
  }

  private Map<String, String> properties(
      DatabaseAccess database, Optional<String> password, boolean training)
      throws StartFailure, IOException {
    var listeners = settings.listeners();
    var properties = new HashMap<>(database.properties());
    properties.putAll(PassedSettings.of(variables));
    properties.put("slipway.home", home.toString());
    properties.put("slipway.data", data.path().toString());
    properties.put("slipway.version", Version.own().toString());
    properties.put("slipway.http.host", listeners.http().host());
    properties.put("slipway.http.port", Integer.toString(listeners.http().port()));
    properties.put("slipway.grpc.host", listeners.grpc().host());
    properties.put("slipway.grpc.port", Integer.toString(listeners.grpc().port()));
    properties.put("slipway.agent.edge", listeners.edge().toString());
    properties.put("slipway.agent", settings.agent().word());
    properties.put("slipway.plugins", settings.plugins());
    var key = settings.masterKey();
    properties.put(
        "slipway.master.key.file", (key.isPresent() ? key.get() : data.masterKey()).toString());
    properties.put("slipway.root.email", settings.owner().email());
    password.ifPresent(text -> properties.put("slipway.root.password", text));
    properties.put("slipway.training", Boolean.toString(training));
    return properties;
  }

  /** A password is shown only after it was proved to work. */
  private void welcome(Optional<Session> session, String password) throws IOException {
    if (session.isEmpty()) {
      announcement.item("Password", "not changed: the database has this account already");
    } else if (settings.owner().given().isEmpty()) {
      announcement.password(password);
    }
    data.markInitialised();
  }

  private void makeCache() throws IOException {
    var program = home.resolve("bin").resolve("slipway");
    if (variables.get("SLIPWAY_AOT").filter("off"::equals).isPresent()
        || !Files.isExecutable(program)) {
      return;
    }
    var binaries = variables.get("SLIPWAY_POSTGRES_CACHE").map(Path::of);
    var cache = binaries.isPresent() ? binaries.get() : data.cache("postgres");
    var aot =
        new AotCache(
            data.cache("aot"), program, Map.of("SLIPWAY_POSTGRES_CACHE", cache.toString()));
    parts.add("ahead-of-time cache", aot);
    aot.makeWhenIdle();
  }

  /** The platform itself runs and stays, whatever becomes of the example. */
  private void deployExample(Session session) throws InterruptedException {
    announcement.line("Deploying the example ...");
    try {
      announcement.line(new ExampleApp(home, session).deploy());
    } catch (StartFailure e) {
      announcement.line(e.getMessage());
    } catch (IOException e) {
      announcement.line("the example was not deployed: " + firstLine(e));
    }
  }
}
