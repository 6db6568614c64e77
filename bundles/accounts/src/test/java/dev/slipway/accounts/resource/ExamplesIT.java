package dev.slipway.accounts.resource;

import dev.slipway.accounts.resource.TestAccounts.Person;
import dev.slipway.accounts.service.TestCodes;
import dev.slipway.testkit.TestClient;
import dev.slipway.testkit.contract.Live;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** The examples of the reference, over accounts, with people who really signed in. */
class ExamplesIT {
  static TestIssuer issuer;
  static TestAccounts accounts;
  static Person owner;

  /** With a message in the inbox: that they were invited. */
  static Person member;

  @BeforeAll
  static void start() {
    issuer = new TestIssuer();
    accounts = new TestAccounts(issuer.settings(), issuer);
    accounts.root();
    owner = accounts.person("owner@example.com");
    member = accounts.member(owner, "user");
  }

  @AfterAll
  static void stop() throws Exception {
    accounts.close();
    issuer.close();
  }

  @TestFactory
  Stream<DynamicNode> examples() {
    return accounts
        .platform
        .examples(owner.inOwn(), "accounts")
        .live("accounts.user.register", () -> Live.value("email", TestAccounts.address()))
        .live("accounts.session.login", () -> Live.value("password", TestAccounts.PASSWORD))
        .live("accounts.session.refresh", () -> refreshable(accounts.person()))
        .live("accounts.session.logout", () -> refreshable(accounts.person()))
        .live("accounts.session.end", ExamplesIT::otherSession)
        .live("accounts.session.end-others", () -> Live.by(accounts.person().client()))
        .live("accounts.user.verify", ExamplesIT::verification)
        .live("accounts.user.export", () -> Live.by(member.client()))
        .live("accounts.user.delete-own", () -> withPassword("password"))
        .live("accounts.password.reset", ExamplesIT::reset)
        .live("accounts.password.change", () -> withPassword("currentPassword"))
        .live("accounts.oidc.finish", () -> arrival(TestAccounts.address()))
        .live("accounts.oidc.confirm", ExamplesIT::halfArrived)
        .live("accounts.second-factor.begin", () -> Live.by(accounts.person().client()))
        .live("accounts.second-factor.confirm", () -> enrolled(accounts.person()))
        .live("accounts.second-factor.remove", ExamplesIT::removal)
        .live("accounts.message.list", () -> Live.by(member.client()))
        .live("accounts.message.count-unread", () -> Live.by(member.client()))
        .live("accounts.message.read", ExamplesIT::message)
        .live("accounts.member.invite", () -> Live.value("email", TestAccounts.address()))
        .live("accounts.member.remove", () -> Live.value("userId", joined(owner)))
        .live("accounts.member.set-role", () -> Live.value("userId", joined(owner)))
        .live("accounts.member.transfer-ownership", ExamplesIT::handover)
        .live("accounts.invitation.accept", ExamplesIT::invited)
        .tests();
  }

  private static Live refreshable(Person person) {
    return Live.by(person.client()).with("refreshToken", person.answer().at("/refreshToken"));
  }

  private static Live withPassword(String member) {
    return Live.by(accounts.person().client()).with(member, TestAccounts.PASSWORD);
  }

  private static Live otherSession() {
    var person = accounts.person();
    var other = accounts.login(person.email(), TestAccounts.PASSWORD).at("/accessToken");
    var session = accounts.platform.bearer(other).get("/api/auth/sessions");
    for (var row : session.json().path("sessions")) {
      if (row.path("isCurrent").asBoolean()) {
        return Live.by(person.client()).with("sessionId", row.path("id").asText());
      }
    }
    throw new AssertionError("the own login is not listed: " + session.text());
  }

  private static Live verification() {
    return Live.value("token", accounts.mail.await(accounts.person().email()).parameter("token"));
  }

  private static Live reset() {
    var person = accounts.person();
    accounts
        .platform
        .anonymous()
        .post("/api/auth/forgot-password", Map.of("email", person.email()));
    return Live.value("token", accounts.mail.await(person.email(), 2).parameter("token"));
  }

  private static Live arrival(String email) {
    var back = sentBack(email);
    return Live.by(back.browser())
        .with("state", parameter(back.callback(), "state"))
        .with("code", parameter(back.callback(), "code"));
  }

  /** A browser at the address to which the provider sends it back. */
  private record SentBack(TestClient browser, URI callback) {}

  private static SentBack sentBack(String email) {
    var begun = accounts.platform.anonymous().get("/api/auth/google");
    var cookie = begun.header("Set-Cookie").orElseThrow().split(";", 2)[0];
    var to = URI.create(begun.header("Location").orElseThrow());
    var callback = issuer.consent(to, OidcResourceIT.person(email));
    return new SentBack(accounts.platform.anonymous().with("Cookie", cookie), callback);
  }

  private static Live halfArrived() {
    var person = accounts.person();
    var proof = Map.of("token", accounts.mail.await(person.email()).parameter("token"));
    accounts.platform.anonymous().post("/api/auth/verify-email", proof);
    var secret = OidcResourceIT.secondFactor(person.client());
    var back = sentBack(person.email());
    var callback = back.callback().getRawPath() + "?" + back.callback().getRawQuery();
    var landed = back.browser().get(callback).header("Location").orElseThrow();
    return Live.value("ticket", OidcResourceIT.ticket(landed))
        .with("code", TestCodes.code(secret, 0));
  }

  private static String parameter(URI uri, String name) {
    var value = uri.getRawQuery().replaceAll("(?:.*&)?" + name + "=([^&]+).*", "$1");
    return URLDecoder.decode(value, StandardCharsets.UTF_8);
  }

  private static Live enrolled(Person person) {
    var secret = SecondFactorResourceIT.begin(person);
    return Live.by(person.client()).with("code", TestCodes.code(secret, 0));
  }

  private static Live removal() {
    var person = accounts.person();
    var confirmation = Map.of("code", TestCodes.code(SecondFactorResourceIT.begin(person), 0));
    var codes = person.client().post("/api/auth/second-factor/confirm", confirmation);
    return Live.by(person.client()).with("code", codes.at("/recoveryCodes/0"));
  }

  private static Live message() {
    var id = member.client().get("/api/messages").at("/messages/0/id");
    return Live.by(member.client()).with("messageId", id);
  }

  private static String joined(Person host) {
    return accounts.member(host, "user").id().toString();
  }

  private static Live handover() {
    var host = accounts.person();
    return Live.by(host.inOwn()).with("userId", joined(host));
  }

  private static Live invited() {
    var guest = accounts.person();
    owner
        .inOwn()
        .post("/api/tenant/members/invite", Map.of("email", guest.email(), "role", "user"));
    return Live.by(guest.client())
        .with("token", accounts.invitation(guest.email()).parameter("token"));
  }
}
