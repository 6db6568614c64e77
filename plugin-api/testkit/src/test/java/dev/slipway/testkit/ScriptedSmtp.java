package dev.slipway.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A mail server that refuses whom and when the test says, and speaks TLS as it is told. */
final class ScriptedSmtp implements AutoCloseable {
  /** How it encrypts. */
  enum Tls {
    NONE,
    STARTTLS,
    IMPLICIT
  }

  /** A mail as it came over the wire. */
  record Taken(String recipient, boolean encrypted, String data) {
    List<String> header() {
      return data.substring(0, data.indexOf("\r\n\r\n")).lines().toList();
    }
  }

  private static final String GOOD = "250 ok";

  /** What a recipient is answered, such as {@code 450 4.2.1 busy}; others are welcome. */
  final Map<String, String> recipients = new ConcurrentHashMap<>();

  /** What is answered after a mail to this recipient has come. */
  final Map<String, String> contents = new ConcurrentHashMap<>();

  /** Recipients after whose mail the connection is dropped. */
  final List<String> droppedAfter = new CopyOnWriteArrayList<>();

  /** Every recipient that was named, refused or not. */
  final List<String> named = new CopyOnWriteArrayList<>();

  final List<Taken> taken = new CopyOnWriteArrayList<>();

  private final Tls tls;
  private final @Nullable SSLContext context;
  private final ServerSocket server;

  private ScriptedSmtp(Tls tls, @Nullable SSLContext context) throws IOException {
    this.tls = tls;
    this.context = context;
    server = new ServerSocket(0, 20, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  static ScriptedSmtp plain() throws IOException {
    return new ScriptedSmtp(Tls.NONE, null);
  }

  static ScriptedSmtp encrypted(Tls tls, SSLContext context) throws IOException {
    return new ScriptedSmtp(tls, context);
  }

  String url() {
    var scheme = tls == Tls.IMPLICIT ? "smtps" : "smtp";
    return scheme + "://127.0.0.1:" + server.getLocalPort();
  }

  List<Taken> to(String recipient) {
    return taken.stream().filter(mail -> mail.recipient().equals(recipient)).toList();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        var socket = server.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket plain) {
    try (plain) {
      new Talk(tls == Tls.IMPLICIT ? secured(plain) : plain).run();
    } catch (IOException gone) {
      // A client that trusts nobody here hangs up in the middle of it.
    }
  }

  private Socket secured(Socket plain) throws IOException {
    var socket =
        (SSLSocket) context.getSocketFactory().createSocket(plain, null, plain.getPort(), true);
    socket.setUseClientMode(false);
    socket.startHandshake();
    return socket;
  }

  /** One connection. */
  private final class Talk {
    private Socket socket;
    private BufferedReader in;
    private String recipient = "";

    Talk(Socket socket) throws IOException {
      use(socket);
    }

    private void use(Socket socket) throws IOException {
      this.socket = socket;
      in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    private boolean encrypted() {
      return socket instanceof SSLSocket;
    }

    void run() throws IOException {
      say("220 mail.example.com");
      for (var line = in.readLine(); line != null; line = in.readLine()) {
        var command = line.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
        switch (command) {
          case "EHLO" -> say(offer());
          case "STARTTLS" -> {
            say("220 go ahead");
            use(secured(socket));
          }
          case "MAIL" ->
              say(tls == Tls.NONE || encrypted() ? GOOD : "530 5.7.0 STARTTLS comes first");
          case "RCPT" -> {
            recipient = line.replaceAll(".*<([^>]*)>.*", "$1");
            named.add(recipient);
            say(recipients.getOrDefault(recipient, GOOD));
          }
          case "DATA" -> {
            say("354 go on");
            take();
            if (droppedAfter.contains(recipient)) {
              return;
            }
          }
          case "QUIT" -> {
            say("221 bye");
            return;
          }
          default -> say(GOOD);
        }
      }
    }

    private String offer() {
      return tls == Tls.STARTTLS && !encrypted()
          ? "250-mail.example.com\r\n250 STARTTLS"
          : "250 mail.example.com";
    }

    private void take() throws IOException {
      var data = new StringBuilder();
      for (var line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
        data.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
      }
      var answer = contents.getOrDefault(recipient, GOOD);
      if (answer.equals(GOOD)) {
        taken.add(new Taken(recipient, encrypted(), data.toString()));
      }
      say(answer);
    }

    private void say(String line) throws IOException {
      socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().flush();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
