package io.tercet.files.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;

/// Tokens of a chat-service whose keys change.
class TokenVerifierTest {

  private final AtomicInteger asked = new AtomicInteger();
  private volatile JWKSet published = new JWKSet();
  private HttpServer chatService;
  private JwtDecoder verifier;

  @BeforeEach
  void start() throws IOException {
    chatService = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    chatService.createContext(
        "/.well-known/jwks.json",
        exchange -> {
          asked.incrementAndGet();
          byte[] body = published.toString().getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    chatService.start();
    verifier =
        TokenVerifier.forPeople(
            "http://127.0.0.1:" + chatService.getAddress().getPort() + "/.well-known/jwks.json");
  }

  @AfterEach
  void stop() {
    chatService.stop(0);
  }

  @Test
  void asksForTheKeysAgainWhenItDoesNotKnowTheKeyOfAToken() throws JOSEException {
    ECKey first = key("first");
    ECKey second = key("second");
    published = new JWKSet(first.toPublicJWK());
    assertThat(verifier.decode(token(first)).getSubject()).isEqualTo("ada");
    assertThat(verifier.decode(token(first)).getSubject()).isEqualTo("ada");
    assertThat(asked).hasValue(1);

    assertThatThrownBy(() -> verifier.decode(token(second))).isInstanceOf(JwtException.class);
    published = new JWKSet(List.of(first.toPublicJWK(), second.toPublicJWK()));
    assertThat(verifier.decode(token(second)).getSubject()).isEqualTo("ada");
    assertThat(verifier.decode(token(first)).getSubject()).isEqualTo("ada");
    assertThat(asked).hasValue(3);
  }

  private static ECKey key(String keyId) throws JOSEException {
    return new ECKeyGenerator(Curve.P_256)
        .keyID(keyId)
        .keyUse(KeyUse.SIGNATURE)
        .algorithm(JWSAlgorithm.ES256)
        .generate();
  }

  private static String token(ECKey key) throws JOSEException {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(),
            new JWTClaimsSet.Builder()
                .issuer("tercet")
                .audience("tercet")
                .subject("ada")
                .expirationTime(Date.from(Instant.now().plusSeconds(60)))
                .build());
    token.sign(new ECDSASigner(key));
    return token.serialize();
  }
}
