package dev.slipway.launcher;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The platform's own HTTP API, called from beside it. Plain, because it delays the start. */
public final class PlatformClient {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CONNECT_MILLIS = 2_000;
  private static final int READ_MILLIS = 15_000;
  private static final int LONGEST_BODY = 32 * 1024 * 1024;

  private final String base;

  /**
   * @param address host and port
   */
  public PlatformClient(String address) {
    this.base = "http://" + address;
  }

  public String base() {
    return base;
  }

  /**
   * @param body missing where the answer is not JSON
   */
  public record Answer(int status, JsonNode body) {

    public boolean isOk() {
      return status == HttpURLConnection.HTTP_OK;
    }
  }

  public Answer get(String path, Map<String, String> headers) throws IOException {
    var connection = open(path, headers);
    try {
      return answer(connection);
    } finally {
      connection.disconnect();
    }
  }

  public Answer post(String path, Map<String, String> body) throws IOException {
    var connection = open(path, Map.of("Content-Type", "application/json"));
    try {
      connection.setRequestMethod("POST");
      connection.setDoOutput(true);
      try (var out = connection.getOutputStream()) {
        out.write(JSON.writeValueAsBytes(body));
      }
      return answer(connection);
    } finally {
      connection.disconnect();
    }
  }

  /** True as soon as every required part is ready; does not look at the body. */
  boolean isReady() {
    try {
      var connection = open("/health/ready", Map.of());
      try {
        return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
      } finally {
        connection.disconnect();
      }
    } catch (IOException _) {
      return false;
    }
  }

  private HttpURLConnection open(String path, Map<String, String> headers) throws IOException {
    var connection = (HttpURLConnection) URI.create(base + path).toURL().openConnection();
    connection.setConnectTimeout(CONNECT_MILLIS);
    connection.setReadTimeout(READ_MILLIS);
    connection.setInstanceFollowRedirects(false);
    connection.setRequestProperty("Accept", "application/json");
    headers.forEach(connection::setRequestProperty);
    return connection;
  }

  private static Answer answer(HttpURLConnection connection) throws IOException {
    var status = connection.getResponseCode();
    var stream = status < 400 ? connection.getInputStream() : connection.getErrorStream();
    if (stream == null) {
      return new Answer(status, MissingNode.getInstance());
    }
    try (stream) {
      return new Answer(status, parse(stream.readNBytes(LONGEST_BODY)));
    }
  }

  static JsonNode parse(byte[] text) throws IOException {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException _) {
      return MissingNode.getInstance();
    }
  }

  static JsonNode parse(String text) throws IOException {
    return parse(text.getBytes(StandardCharsets.UTF_8));
  }
}
