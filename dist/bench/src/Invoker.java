import dev.slipway.api.script.ScriptRun;
import dev.slipway.api.script.ScriptTrigger;
import dev.slipway.api.script.Scripts;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.util.tracker.ServiceTracker;

/**
 * A feature that runs scripts, inside the platform: {@code ?seconds=S&threads=N&scripts=T:S,T:S}
 * has so many threads for each of these scripts run it one time after another for so long, and
 * answers runs per second, those that did not succeed, and the 50th and 99th percentile in
 * microseconds.
 */
public final class Invoker extends Handler.Abstract implements BundleActivator {
  private static final Map<String, Object> EVENT =
      Map.of(
          "reason", Map.of("type", "alert", "id", "1", "severity", "critical"),
          "subject", Map.of("kind", "app", "id", "2"));
  private static final ScriptTrigger TRIGGER = new ScriptTrigger("bench", null);

  private ServiceTracker<Scripts, Scripts> scripts;
  private Server server;

  @Override
  public void start(BundleContext context) throws Exception {
    scripts = new ServiceTracker<>(context, Scripts.class, null);
    scripts.open();
    server = new Server();
    var connector = new ServerConnector(server, 1, 1);
    connector.setHost("127.0.0.1");
    connector.setPort(Integer.parseInt(context.getProperty("slipway.bench.invoker")));
    server.addConnector(connector);
    server.setHandler(this);
    server.start();
  }

  @Override
  public void stop(BundleContext context) throws Exception {
    server.stop();
    scripts.close();
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    var query = Request.extractQueryParameters(request);
    var seconds = Double.parseDouble(query.getValue("seconds"));
    var end = System.nanoTime() + (long) (seconds * 1e9);
    var loops = new ArrayList<java.util.concurrent.Callable<List<Long>>>();
    for (var script : query.getValue("scripts").split(",")) {
      var ids = script.split(":");
      for (var i = 0; i < Integer.parseInt(query.getValue("threads")); i++) {
        loops.add(() -> loop(UUID.fromString(ids[0]), UUID.fromString(ids[1]), end));
      }
    }
    var all = new ArrayList<Long>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var loop : threads.invokeAll(loops)) {
        all.addAll(loop.get());
      }
    }
    response.setStatus(200);
    var body = report(all, seconds).getBytes(StandardCharsets.UTF_8);
    response.write(true, ByteBuffer.wrap(body), callback);
    return true;
  }

  /** Microseconds of each run; negative where it did not succeed. */
  private List<Long> loop(UUID tenant, UUID script, long end) throws InterruptedException {
    var micros = new ArrayList<Long>();
    while (System.nanoTime() < end) {
      var begin = System.nanoTime();
      ScriptRun run = scripts.getService().runOne(tenant, script, EVENT, TRIGGER);
      var took = (System.nanoTime() - begin) / 1000;
      micros.add(run.succeeded() ? took : -took);
    }
    return micros;
  }

  private static String report(List<Long> all, double seconds) {
    var fine = all.stream().mapToLong(Long::longValue).filter(it -> it >= 0).sorted().toArray();
    return String.format(
        Locale.ROOT,
        "%.1f %d %d %d",
        fine.length / seconds,
        all.size() - fine.length,
        percentile(fine, 0.5),
        percentile(fine, 0.99));
  }

  private static long percentile(long[] sorted, double share) {
    return sorted.length == 0
        ? 0
        : Arrays.stream(sorted).skip((long) (share * (sorted.length - 1))).findFirst().orElse(0);
  }
}
