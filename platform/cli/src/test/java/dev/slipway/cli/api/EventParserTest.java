package dev.slipway.cli.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cli.output.CliException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventParserTest {
  private final EventParser parser = new EventParser("start");

  private List<ServerEvent> feed(String text) {
    return parser.feed(ByteBuffer.wrap(text.getBytes(UTF_8)));
  }

  @Test
  void readsFieldsAndJoinsDataLines() {
    assertThat(feed("\uFEFFid: 1\nevent: done\ndata: a\ndata:b\ndata\n\n"))
        .containsExactly(new ServerEvent("1", "done", "a\nb\n"));
    assertThat(feed("data: next\n\n")).containsExactly(new ServerEvent("1", "message", "next"));
  }

  @Test
  void takesEveryKindOfLineEndInEveryCut() {
    for (var text :
        List.of("id: 7\r\ndata: ä\r\n\r\n", "id: 7\rdata: ä\r\r", "id: 7\ndata: ä\n\n")) {
      var bytewise = new EventParser("");
      var events = new ArrayList<ServerEvent>();
      for (var b : text.getBytes(UTF_8)) {
        events.addAll(bytewise.feed(ByteBuffer.wrap(new byte[] {b})));
      }
      assertThat(events).containsExactly(new ServerEvent("7", "message", "ä"));
    }
  }

  @Test
  void commentsAndEmptyEventsGiveNothing() {
    assertThat(feed(": ping\n\nevent: x\n\nretry: nonsense\n\n")).isEmpty();
    assertThat(parser.retry()).isEmpty();
    assertThat(feed("retry: 3000\n\n")).isEmpty();
    assertThat(parser.retry()).contains(Duration.ofSeconds(3));
  }

  @Test
  void anEventThatIsCutOffIsNotResumedFrom() {
    feed("id: 1\ndata: a\n\nid: 2\ndata: b\n");
    assertThat(parser.lastId()).isEqualTo("1");
  }

  @Test
  void startsWithTheIdOfTheConnectionBefore() {
    assertThat(parser.lastId()).isEqualTo("start");
    assertThat(feed("data: a\n\n").getFirst().id()).isEqualTo("start");
  }

  @Test
  void anEndlessEventIsRefused() {
    var megabyte = "x".repeat(1 << 20);
    assertThatThrownBy(() -> feed("data: " + megabyte)).isInstanceOf(CliException.class);
    assertThatThrownBy(
            () -> {
              var many = new EventParser("");
              for (var i = 0; i < 3; i++) {
                many.feed(ByteBuffer.wrap(("data: " + "x".repeat(400_000) + "\n").getBytes(UTF_8)));
              }
            })
        .isInstanceOf(CliException.class);
  }
}
