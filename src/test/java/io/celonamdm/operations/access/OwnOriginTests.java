package io.celonamdm.operations.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.filter.ForwardedHeaderFilter;

class OwnOriginTests {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // origin, site, whether it is let in; the connector is at http://127.0.0.1:8080
                "-|-|true",
                "-|same-origin|true",
                "-|none|true",
                "-|same-site|false",
                "-|cross-site|false",
                "-|odd|false",
                "http://127.0.0.1:8080|-|true",
                "http://127.0.0.1:8080|same-origin|true",
                "http://127.0.0.1:8080|none|true",
                "http://127.0.0.1:8080|same-site|false",
                "http://127.0.0.1:8080|cross-site|false",
                "http://127.0.0.1:8081|-|false",
                "http://127.0.0.1:8081|same-origin|false",
                "http://127.0.0.1|-|false",
                "https://127.0.0.1:8080|-|false",
                "http://localhost:8080|-|false",
                "http://evil.127.0.0.1:8080|-|false",
                "https://evil.example|-|false",
                "https://evil.example|same-origin|false",
                "null|-|false",
                "''|-|false",
                "not an address|-|false"
            })
    void whatChangesSomethingComesFromHereOrFromAProgram(@Nullable String origin, @Nullable String site, boolean let)
            throws Exception {
        for (String method : new String[] {"POST", "PUT", "PATCH", "DELETE"}) {
            assertThat(isLet(request(method, origin, site))).as(method).isEqualTo(let);
        }
        for (String method : new String[] {"GET", "HEAD", "OPTIONS"}) {
            assertThat(isLet(request(method, origin, site))).as(method).isTrue();
        }
    }

    @Test
    void behindAProxyTheForwardedHeadersSayWhichOriginIsItsOwn() throws Exception {
        MockHttpServletRequest request = request("POST", "https://connector.example", "same-origin");
        assertThat(isLet(request)).isFalse();

        request.addHeader("X-Forwarded-Proto", "https");
        request.addHeader("X-Forwarded-Host", "connector.example");
        assertThat(isLet(request)).as("not configured").isFalse();

        MockFilterChain configured = new MockFilterChain();
        new ForwardedHeaderFilter().doFilter(request, new MockHttpServletResponse(), configured);
        MockFilterChain chain = new MockFilterChain();
        filter().doFilter(Objects.requireNonNull(configured.getRequest()), new MockHttpServletResponse(), chain);
        assertThat(chain.getRequest()).isNotNull();
    }

    private static MockHttpServletRequest request(String method, @Nullable String origin, @Nullable String site) {
        MockHttpServletRequest request = new MockHttpServletRequest(method, "/syncs/warehouse");
        request.setServerName("127.0.0.1");
        request.setServerPort(8080);
        if (origin != null) {
            request.addHeader("Origin", origin);
        }
        if (site != null) {
            request.addHeader("Sec-Fetch-Site", site);
        }
        return request;
    }

    private static boolean isLet(MockHttpServletRequest request) throws Exception {
        MockFilterChain chain = new MockFilterChain();
        MockHttpServletResponse response = new MockHttpServletResponse();
        filter().doFilter(request, response, chain);
        boolean let = chain.getRequest() != null;
        assertThat(response.getStatus()).isEqualTo(let ? 200 : 403);
        return let;
    }

    private static OwnOrigin filter() {
        return new OwnOrigin(new Denials());
    }
}
