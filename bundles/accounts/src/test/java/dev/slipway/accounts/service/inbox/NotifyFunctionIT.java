package dev.slipway.accounts.service.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.accounts.service.Accounts;
import dev.slipway.accounts.store.inbox.MessageRow;
import dev.slipway.accounts.store.inbox.MessageStore;
import dev.slipway.api.Caller;
import dev.slipway.api.Ids;
import dev.slipway.api.mail.MailMessage;
import dev.slipway.api.script.ScriptCall;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Messages of scripts to the people of their tenant. */
class NotifyFunctionIT {
  static Accounts accounts;
  static NotifyFunction function;

  @BeforeAll
  static void open() throws Exception {
    accounts = Accounts.open();
    function =
        new NotifyFunction(
            accounts.db, accounts.all.tenantService, new MessageStore(accounts.db), accounts.mails);
  }

  @AfterAll
  static void close() throws Exception {
    accounts.close();
  }

  private static ScriptCall call(Caller owner, Map<String, Object> message) {
    return new ScriptCall(owner, Ids.next(), Ids.next(), List.of(message));
  }

  @Test
  void writesToMembersOfItsOwnTenantAlone() {
    var owner = Accounts.caller(accounts.register("scripts@example.com"));
    var other = Accounts.caller(accounts.register("other@example.com"));
    var message = Map.<String, Object>of("title", "disk full", "body", "web-1\nat 97 %");
    assertThat(function.dry(call(owner, message))).isEqualTo(Map.of("recipients", 1));
    assertThat(accounts.all.inbox.list(owner)).isEmpty();
    assertThat(function.call(call(owner, message))).isEqualTo(Map.of("recipients", 1));
    assertThat(accounts.all.inbox.list(owner))
        .singleElement()
        .returns("disk full", MessageRow::title)
        .returns("script", MessageRow::type);
    assertThat(accounts.all.inbox.list(other)).isEmpty();
  }

  @Test
  void mailsWhereItIsAskedTo() {
    var owner = Accounts.caller(accounts.register("mailed@example.com"));
    function.call(call(owner, Map.of("title", "hello", "to", "owner", "mail", true)));
    assertThat(accounts.mails.queued)
        .filteredOn(mail -> mail.subject().equals("hello"))
        .extracting(MailMessage::recipient)
        .containsExactly("mailed@example.com");
  }
}
