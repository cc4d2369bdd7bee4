package io.tercet.chat.security;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import io.tercet.chat.session.Sessions;
import io.tercet.chat.token.SigningKeys;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtDecoder;

class PersonTokenDecoderTest {

  private final SigningKeys keys = mock(SigningKeys.class);
  private final JwtDecoder decoder = PersonTokenDecoder.decoder(keys, mock(Sessions.class));

  @Test
  void saysThatTheServiceIsUnavailableIfTheKeysCannotBeRead() throws JOSEException {
    when(keys.matching(any())).thenThrow(new ProblemException(ProblemType.SERVICE_UNAVAILABLE));
    String token = token();
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> decoder.decode(token))
        .matches(outage -> outage.type() == ProblemType.SERVICE_UNAVAILABLE);
  }

  @Test
  void refusesATokenThatNoKeyHasSigned() throws JOSEException {
    when(keys.matching(any())).thenReturn(List.of());
    String token = token();
    assertThatThrownBy(() -> decoder.decode(token)).isInstanceOf(BadJwtException.class);
  }

  private static String token() throws JOSEException {
    ECKey key = new ECKeyGenerator(Curve.P_256).keyID("k").generate();
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("k").build(),
            new JWTClaimsSet.Builder().subject("somebody").build());
    token.sign(new ECDSASigner(key));
    return token.serialize();
  }
}
