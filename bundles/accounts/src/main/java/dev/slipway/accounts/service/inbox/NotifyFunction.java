package dev.slipway.accounts.service.inbox;

import dev.slipway.accounts.Member;
import dev.slipway.accounts.Tenants;
import dev.slipway.accounts.store.inbox.MessageRow;
import dev.slipway.accounts.store.inbox.MessageStore;
import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.mail.Mail;
import dev.slipway.api.mail.MailMessage;
import dev.slipway.api.script.ScriptCall;
import dev.slipway.api.spi.ScriptApi;
import dev.slipway.data.Database;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * {@code api.notify({title, body, to, mail})}: a message to members of the script's own tenant, in
 * their inbox and, where asked for, by mail. Nobody else can be written to.
 */
@Component(service = ScriptApi.class)
public final class NotifyFunction implements ScriptApi {
  private static final Scope SCOPE = Scope.platform("users have inboxes, tenants have none");

  private final Database database;
  private final Tenants tenants;
  private final MessageStore messages;
  private final Mail mail;

  @Activate
  public NotifyFunction(
      @Reference Database database,
      @Reference Tenants tenants,
      @Reference MessageStore messages,
      @Reference Mail mail) {
    this.database = database;
    this.tenants = tenants;
    this.messages = messages;
    this.mail = mail;
  }

  @Override
  public String name() {
    return "notify";
  }

  @Override
  public String summary() {
    return "Sends a message to members of the tenant: its owner, its admins or all.";
  }

  @Override
  public String arguments() {
    return """
        {"type":"array","minItems":1,"maxItems":1,"prefixItems":[
          {"title":"message","type":"object","required":["title"],"additionalProperties":false,"properties":{
            "title":{"type":"string","minLength":1,"maxLength":200},
            "body":{"type":"string","maxLength":2000},
            "to":{"enum":["owner","admins","all"]},
            "mail":{"type":"boolean"}}}]}
        """;
  }

  @Override
  public String result() {
    return "{\"type\":\"object\",\"properties\":{\"recipients\":{\"type\":\"integer\"}}}";
  }

  @Override
  public boolean effect(ScriptCall call) {
    return true;
  }

  @Override
  public String describe(ScriptCall call) {
    return "notify " + message(call).getOrDefault("to", "admins") + ": " + text(call, "title");
  }

  @Override
  public Object call(ScriptCall call) {
    return Map.of(
        "recipients",
        database.write(
            SCOPE,
            () -> {
              var recipients = recipients(call);
              recipients.forEach(member -> send(call, member));
              return recipients.size();
            }));
  }

  @Override
  public Object dry(ScriptCall call) {
    return Map.of("recipients", database.read(SCOPE, () -> recipients(call).size()));
  }

  private List<Member> recipients(ScriptCall call) {
    var least =
        switch ((String) message(call).getOrDefault("to", "admins")) {
          case "owner" -> Role.OWNER;
          case "all" -> Role.USER;
          default -> Role.ADMIN;
        };
    return tenants.members(call.tenantId()).stream()
        .filter(member -> member.role().includes(least))
        .toList();
  }

  private void send(ScriptCall call, Member member) {
    var title = plain(text(call, "title"));
    var body = plain(text(call, "body"));
    messages.insert(
        new MessageRow(Ids.next(), member.userId(), "script", title, body, false, Times.now()));
    if (Boolean.TRUE.equals(message(call).get("mail"))) {
      mail.queue(new MailMessage(member.email(), title, title, body.lines().toList()));
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> message(ScriptCall call) {
    return (Map<String, Object>) Objects.requireNonNull(call.argument(0));
  }

  private static String text(ScriptCall call, String name) {
    return (String) message(call).getOrDefault(name, "");
  }

  /** Without what PostgreSQL's text can not hold. */
  private static String plain(String text) {
    var bytes = text.replace('\0', ' ').getBytes(java.nio.charset.StandardCharsets.UTF_8);
    return new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
  }
}
