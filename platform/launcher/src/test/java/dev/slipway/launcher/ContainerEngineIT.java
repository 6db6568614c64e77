package dev.slipway.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerEngineIT {

  @ParameterizedTest
  @CsvSource({"HTTP/1.1 200 OK, true", "HTTP/1.1 500 Oops, false", "SSH-2.0-Open, false"})
  void asksTheEngine(String answer, boolean expected) throws Exception {
    try (var server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      Thread.ofVirtual().start(() -> answer(server, answer));
      var host = Optional.of("tcp://127.0.0.1:" + server.getLocalPort());
      assertThat(ContainerEngine.answers(host)).isEqualTo(expected);
    }
  }

  @Test
  void engineThatNeverAnswersIsNone() throws Exception {
    try (var silent = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      var host = Optional.of("tcp://127.0.0.1:" + silent.getLocalPort());
      assertThat(ContainerEngine.answers(host)).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"unix:///no/such/socket", "npipe:////./pipe", "tcp://", "::::", "unix:"})
  void unusableAddressIsNone(String host) throws Exception {
    assertThat(ContainerEngine.answers(Optional.of(host))).isFalse();
  }

  private static void answer(ServerSocket server, String status) {
    try (var socket = server.accept()) {
      socket.getInputStream().read(new byte[16]);
      socket.getOutputStream().write((status + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
