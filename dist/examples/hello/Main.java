import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.Executors;

/** A web page with a greeting; runs by {@code java Main.java} on any JDK from 21 on. */
public class Main {
  /** Change it and deploy again to see the new version take over. */
  private static final String VERSION = "1";

  private static final String GREETING =
      System.getenv().getOrDefault("GREETING", "Hello from Slipway");

  public static void main(String[] arguments) throws IOException {
    var port = Integer.parseInt(System.getenv().getOrDefault("PORT", "3000"));
    var server = HttpServer.create(new InetSocketAddress(port), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", Main::answer);
    // On SIGTERM: lets requests that have begun end, for at most two seconds.
    Runtime.getRuntime().addShutdownHook(new Thread(() -> server.stop(2)));
    server.start();
    System.out.println("version " + VERSION + " listens on port " + port);
  }

  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var path = exchange.getRequestURI().getPath();
      var status = path.equals("/") || path.equals("/health") ? 200 : 404;
      var text =
          switch (path) {
            case "/" -> page();
            case "/health" -> "ok\n";
            default -> "not found\n";
          };
      var type = path.equals("/") ? "text/html" : "text/plain";
      var body = text.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
      if (exchange.getRequestMethod().equals("HEAD")) {
        exchange.sendResponseHeaders(status, -1);
      } else {
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
      }
      System.out.printf(
          "%s %s %s %d%n",
          Instant.now(), exchange.getRequestMethod(), exchange.getRequestURI(), status);
    }
  }

  private static String page() {
    return """
    <!doctype html>
    <html lang="en">
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <title>%1$s</title>
    <style>
      body { font: 1.2rem/1.6 system-ui, sans-serif; display: grid; place-content: center;
             min-height: 90vh; margin: 0 1rem; color: #123; background: #f4f8fb }
      h1 { margin: 0 }
      p { margin: 0; color: #567 }
    </style>
    <h1>%1$s</h1>
    <p>This is version %2$s.</p>
    </html>
    """
        .formatted(escaped(GREETING), escaped(VERSION));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
