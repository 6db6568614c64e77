package dev.slipway.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.store.json.JsonMappers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assumptions;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A real browser with one page, for tests of what people see: Debian's Chromium without a window,
 * driven over its DevTools protocol. Keeps what the page asked for and complained of.
 */
@ProviderType
public final class Browser implements AutoCloseable {
  /** The protocol's code for a script whose page went while it ran. */
  private static final int PAGE_IS_GONE = -32_000;

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final List<Path> PLACES =
      List.of(Path.of("/usr/bin/chromium"), Path.of("/usr/bin/chromium-browser"));
  private static final Map<String, Integer> KEYS =
      Map.of("Tab", 9, "Enter", 13, "Escape", 27, "Space", 32, "ArrowDown", 40);
  private static final Map<String, String> TEXTS = Map.of("Enter", "\r", "Space", " ");

  private final Path profile;
  private final Process process;
  private final WebSocket socket;
  private final AtomicInteger commands = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();

  private Browser(Path program) throws IOException, InterruptedException {
    profile = Files.createTempDirectory("slipway-browser-");
    var builder =
        new ProcessBuilder(
                program.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--window-size=1400,1000",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(profile.resolve("output.txt").toFile());
    // Where it puts what it does not put into its profile.
    builder.environment().put("TMPDIR", profile.toString());
    process = builder.start();
    socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(pageAddress(), new Messages())
            .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
            .join();
    for (var domain : List.of("Page", "Runtime", "Network", "Log")) {
      send(domain + ".enable", Map.of());
    }
  }

  /** Starts one; where there is none on this machine the test is skipped, and says so. */
  public static Browser start() {
    var program = PLACES.stream().filter(Files::isExecutable).findFirst();
    Assumptions.assumeTrue(program.isPresent(), "skipped: no Chromium at any of " + PLACES);
    try {
      return new Browser(program.orElseThrow());
    } catch (IOException failure) {
      throw new UncheckedIOException("the browser did not start", failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /** Opens an address and waits until it is loaded. */
  public void open(URI address) {
    send("Page.navigate", Map.of("url", address.toString()));
    await("location.href.startsWith('" + address + "') && document.readyState === 'complete'");
  }

  /** What a script gives; a promise is waited for. */
  public JsonNode run(String script) {
    var result =
        send(
            "Runtime.evaluate",
            Map.of("expression", script, "returnByValue", true, "awaitPromise", true));
    if (result.has("exceptionDetails")) {
      throw new AssertionError(script + ": " + result.path("exceptionDetails"));
    }
    return result.path("result").path("value");
  }

  /** Waits until a script gives something true. */
  public void await(String script) {
    var until = System.nanoTime() + PATIENCE.toNanos();
    while (!holds("!!(" + script + ")")) {
      if (System.nanoTime() > until) {
        throw new AssertionError("the page did not come to: " + script);
      }
      LockSupport.parkNanos(20_000_000);
    }
  }

  /** A page that is just being left for another one knows nothing. */
  private boolean holds(String script) {
    try {
      return run(script).asBoolean();
    } catch (Refusal refusal) {
      if (refusal.code == PAGE_IS_GONE) {
        return false;
      }
      throw refusal;
    }
  }

  /** Presses and releases a key, by its name, such as {@code Tab}. */
  public void press(String key) {
    for (var type : List.of("rawKeyDown", "char", "keyUp")) {
      var event = new HashMap<String, Object>(Map.of("type", type, "code", key));
      event.put("key", key.equals("Space") ? " " : key);
      event.put("windowsVirtualKeyCode", KEYS.get(key));
      if (type.equals("char") && !TEXTS.containsKey(key)) {
        continue;
      }
      if (type.equals("char")) {
        event.put("text", TEXTS.get(key));
      }
      send("Input.dispatchKeyEvent", event);
    }
  }

  /** Types a text where the focus is. */
  public void type(String text) {
    send("Input.insertText", Map.of("text", text));
  }

  /** Chooses a file in the input that a selector finds. */
  public void choose(String selector, Path file) {
    var script = "document.querySelector('" + selector + "')";
    var input = send("Runtime.evaluate", Map.of("expression", script)).at("/result/objectId");
    var files = List.of(file.toAbsolutePath().toString());
    send("DOM.setFileInputFiles", Map.of("files", files, "objectId", input.asText()));
  }

  /** Sees the page in a window of another size. */
  public void size(int width, int height) {
    send(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  /** Sees the page as somebody who prefers {@code dark} or {@code light}. */
  public void prefer(String scheme) {
    var feature = Map.of("name", "prefers-color-scheme", "value", scheme);
    send("Emulation.setEmulatedMedia", Map.of("features", List.of(feature)));
  }

  /**
   * What a screen reader has to read, in order: each element's role and name, such as {@code button
   * Sign in}; of an element without a name its role alone.
   */
  public List<String> accessible() {
    var read = new ArrayList<String>();
    for (var node : send("Accessibility.getFullAXTree", Map.of()).path("nodes")) {
      if (!node.path("ignored").asBoolean()) {
        var words = node.at("/role/value").asText() + " " + node.at("/name/value").asText();
        read.add(words.strip());
      }
    }
    return read;
  }

  /** Every address that was asked for, save those that a page carries in itself. */
  public List<String> requests() {
    return requests.stream().filter(it -> !it.matches("(data|blob|about):.*")).toList();
  }

  /** What the page complained of: errors in its console, and exceptions that nobody caught. */
  public List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** What is seen at the moment, written to a PNG file. */
  public void screenshot(Path file) {
    var picture = send("Page.captureScreenshot", Map.of("format", "png")).path("data").asText();
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.write(file, Base64.getDecoder().decode(picture));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    socket.abort();
    process.destroy();
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
    removeProfile();
  }

  /** The browser's helpers may write for a moment longer than it lives. */
  private void removeProfile() throws IOException {
    var until = System.nanoTime() + PATIENCE.toNanos();
    while (Files.exists(profile)) {
      try {
        removeFiles();
      } catch (UncheckedIOException | DirectoryNotEmptyException changing) {
        if (System.nanoTime() > until) {
          throw changing;
        }
        LockSupport.parkNanos(20_000_000);
      }
    }
  }

  private void removeFiles() throws IOException {
    var files = new ArrayList<Path>();
    try (var all = Files.walk(profile)) {
      all.forEach(files::add);
    }
    files.sort(Comparator.reverseOrder());
    for (var file : files) {
      Files.deleteIfExists(file);
    }
  }

  /** The port stands in a file as soon as it is open. */
  private URI pageAddress() throws IOException, InterruptedException {
    var file = profile.resolve("DevToolsActivePort");
    var until = System.nanoTime() + PATIENCE.toNanos();
    while (!Files.exists(file) || Files.readAllLines(file).size() < 2) {
      if (System.nanoTime() > until || !process.isAlive()) {
        throw new IOException(Files.readString(profile.resolve("output.txt")));
      }
      LockSupport.parkNanos(20_000_000);
    }
    var list = URI.create("http://127.0.0.1:" + Files.readAllLines(file).getFirst() + "/json/list");
    var request = HttpRequest.newBuilder(list).timeout(PATIENCE).build();
    var answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
    for (var target : JsonMappers.PLATFORM.readTree(answer)) {
      if (target.path("type").asText().equals("page")) {
        return URI.create(target.path("webSocketDebuggerUrl").asText());
      }
    }
    throw new IOException("the browser has no page");
  }

  private JsonNode send(String method, Map<String, ?> parameters) {
    var id = commands.incrementAndGet();
    var answer = new CompletableFuture<JsonNode>();
    waiting.put(id, answer);
    var message = Map.of("id", id, "method", method, "params", parameters);
    socket.sendText(JsonMappers.PLATFORM.valueToTree(message).toString(), true).join();
    var found = answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    if (found.has("error")) {
      throw new Refusal(method, found.path("error"));
    }
    return found.path("result");
  }

  /** What the browser would not do. */
  private static final class Refusal extends AssertionError {
    private static final long serialVersionUID = 1;
    private final int code;

    Refusal(String method, JsonNode error) {
      super(method + ": " + error);
      code = error.path("code").asInt();
    }
  }

  private void hear(JsonNode message) {
    if (message.has("id")) {
      waiting.remove(message.path("id").asInt()).complete(message);
      return;
    }
    var what = message.path("params");
    switch (message.path("method").asText()) {
      case "Network.requestWillBeSent" -> requests.add(what.at("/request/url").asText());
      case "Runtime.exceptionThrown" -> complaints.add(what.path("exceptionDetails").toString());
      case "Runtime.consoleAPICalled" -> complain(what.path("type"), what.path("args"));
      case "Log.entryAdded" -> complain(what.at("/entry/level"), what.path("entry"));
      default -> {}
    }
  }

  private void complain(JsonNode level, JsonNode said) {
    if (level.asText().equals("error")) {
      complaints.add(said.toString());
    }
  }

  private final class Messages implements WebSocket.Listener {
    private final StringBuilder parts = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      parts.append(part);
      if (last) {
        var text = parts.toString();
        parts.setLength(0);
        try {
          hear(JsonMappers.PLATFORM.readTree(text));
        } catch (IOException failure) {
          complaints.add("not JSON from the browser: " + text);
        }
      }
      from.request(1);
      return null;
    }
  }
}
