package io.celonamdm.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.http.WhoAnswered.Vendor;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Answers of vendors as their documents show them, and of what stands between, as it is seen in the wild. */
class WhoAnsweredTests {
    static final List<String> CELONA = List.of(
            "{\"code\":400,\"data\":null,\"error\":\"request_id not found\",\"success\":false}",
            "{\"code\":403,\"data\":{},\"error\":\"Forbidden\",\"success\":false}",
            "{\"data\":{},\"responseMeta\":{\"code\":400,\"error\":\"Invalid file\",\"success\":false}}",
            "\uFEFF{\"code\":404,\"error\":\"unknown request\",\"success\":false}",
            "  {\"success\":false,\"error\":null,\"code\":410}  ",
            "{\"success\":\"false\",\"error\":\"expired\"}");

    static final List<String> JAMF = List.of(
            "{\"httpStatus\":401,\"errors\":[{\"code\":\"INVALID_TOKEN\",\"description\":\"Unauthorized\",\"id\":\"0\",\"field\":null}]}",
            "{\"httpStatus\":400,\"errors\":[{\"code\":null,\"description\":\"Cannot filter by field [x].\"}]}",
            "{\"httpStatus\":404,\"errors\":[]}",
            "{\"traceId\":\"5a0f\",\"errors\":[{\"code\":\"NOT_FOUND\"}]}",
            "<html><head>\n<title>Status page</title>\n</head><body><p>Conflict</p><p>Error: Duplicate name</p></body></html>");

    static final List<String> GRAPH = List.of(
            "{\"error\":{\"code\":\"Forbidden\",\"message\":\"…\",\"innerError\":{\"request-id\":\"1\"}}}",
            "{\"error\":{\"code\":\"UnknownError\",\"message\":\"{\\\"_version\\\":3}\"}}");

    /** What answers in a vendor's place. */
    static final List<String> OTHERS = List.of(
            "",
            "   ",
            "Forbidden",
            "upstream connect error or disconnect/reset before headers. reset reason: connection failure",
            "no healthy upstream",
            "default backend - 404",
            "RBAC: access denied",
            "null",
            "[]",
            "{}",
            "{\"success\":false}",
            "{\"message\":\"Forbidden\"}",
            "{\"message\":\"no Route matched with those values\"}",
            "{\"message\":\"Missing Authentication Token\"}",
            "{\"fault\":{\"faultstring\":\"Invalid ApiKey\",\"detail\":{\"errorcode\":\"oauth.v2.InvalidApiKey\"}}}",
            "{\"statusCode\":401,\"message\":\"Access denied due to missing subscription key.\"}",
            "{\"success\":false,\"errors\":[{\"code\":1020,\"message\":\"Access denied\"}],\"messages\":[],\"result\":null}",
            "{\"type\":\"https://developers.cloudflare.com/\",\"title\":\"Error 1020: Access denied\",\"status\":403,\"ray_id\":\"8\"}",
            "{\"error\":\"blocked by policy\"}",
            "{\"errors\":[{\"status\":\"403\"}]}",
            // F5 BIG-IP
            "<html><head><title>Request Rejected</title></head><body>The requested URL was rejected. Please consult with your"
                    + " administrator.<br><br>Your support ID is: 1234567890<br></body></html>",
            // Akamai
            "<HTML><HEAD>\n<TITLE>Access Denied</TITLE>\n</HEAD><BODY>\n<H1>Access Denied</H1>\nYou don't have permission to"
                    + " access this server.<P>\nReference&#32;&#35;18&#46;2d351ab8&#46;1557333295\n</BODY></HTML>",
            // Cloudflare
            "<!DOCTYPE html><html class=\"no-js\"><head><title>Attention Required! | Cloudflare</title></head><body></body></html>",
            "<!DOCTYPE html><html><head><title>Just a moment...</title></head><body><noscript>Enable JavaScript</noscript></body></html>",
            "error code: 1015",
            // Zscaler
            "<HTML><HEAD><TITLE>Internet Security by Zscaler</TITLE></HEAD><BODY>Sorry, you don't have permission to visit this"
                    + " site.</BODY></HTML>",
            // Squid
            "<!DOCTYPE html PUBLIC \"-//W3C//DTD HTML 4.01//EN\"><html><head><title>ERROR: Cache Access Denied</title></head>"
                    + "<body id=ERR_CACHE_ACCESS_DENIED></body></html>",
            // nginx
            "<html><head><title>404 Not Found</title></head><body><center><h1>404 Not Found</h1></center>"
                    + "<hr><center>nginx</center></body></html>",
            "<html>\r\n<head><title>413 Request Entity Too Large</title></head><body><center>nginx/1.25.3</center></body></html>",
            // AWS ALB, CloudFront
            "<html><head><title>400 Bad Request</title></head><body><center><h1>400 Bad Request</h1></center>"
                    + "</body></html>",
            "<!DOCTYPE HTML><HTML><HEAD><TITLE>ERROR: The request could not be satisfied</TITLE></HEAD><BODY>Generated by"
                    + " cloudfront (CloudFront)</BODY></HTML>",
            // Azure Application Gateway
            "<html><head><title>403 Forbidden</title></head><body><center><h1>403 Forbidden</h1></center><hr><center>"
                    + "Microsoft-Azure-Application-Gateway/v2</center></body></html>",
            // Entra's login page
            "<!-- Copyright (C) Microsoft Corporation. All rights reserved. -->\r\n<!DOCTYPE html><html dir=\"ltr\"><head>"
                    + "<title>Sign in to your account</title></head></html>",
            // a captive portal, and one that only redirects
            "<HTML><HEAD><TITLE>Web Authentication Redirect</TITLE><META http-equiv=\"refresh\" content=\"1;"
                    + " URL=https://1.1.1.1/login.html\"></HEAD></HTML>",
            "<html><body>Please accept the terms of use of Airport_Free_WiFi</body></html>",
            // a single-page application, as Celona's hosts show it for unknown addresses
            "<!doctype html><html lang=\"en\"><head><title>Celona Orchestrator</title></head><body><div id=\"root\"></div></body></html>",
            "<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>");

    @ParameterizedTest
    @FieldSource("CELONA")
    void answersOfCelona(String body) {
        assertThat(WhoAnswered.isFrom(Vendor.CELONA, body, Map.of())).isTrue();
        assertThat(WhoAnswered.isFrom(Vendor.JAMF, body, null)).isFalse();
        assertThat(WhoAnswered.isFrom(Vendor.GRAPH, body, null)).isFalse();
    }

    @ParameterizedTest
    @FieldSource("JAMF")
    void answersOfJamf(String body) {
        assertThat(WhoAnswered.isFrom(Vendor.JAMF, body, Map.of())).isTrue();
        assertThat(WhoAnswered.isFrom(Vendor.CELONA, body, null)).isFalse();
        assertThat(WhoAnswered.isFrom(Vendor.GRAPH, body, null)).isFalse();
    }

    @ParameterizedTest
    @FieldSource("GRAPH")
    void answersOfGraph(String body) {
        assertThat(WhoAnswered.isFrom(Vendor.GRAPH, body, Map.of())).isTrue();
        assertThat(WhoAnswered.isFrom(Vendor.CELONA, body, null)).isFalse();
        assertThat(WhoAnswered.isFrom(Vendor.JAMF, body, null)).isFalse();
    }

    static Stream<Arguments> othersForEachVendor() {
        return Stream.of(Vendor.CELONA, Vendor.JAMF, Vendor.GRAPH)
                .flatMap(vendor -> OTHERS.stream().map(body -> Arguments.of(vendor, body)));
    }

    @ParameterizedTest
    @MethodSource("othersForEachVendor")
    void answersOfWhatStandsBetween(Vendor vendor, String body) {
        Map<String, String> headers =
                Map.of("Server", "awselb/2.0", "Content-Type", "text/html", "Via", "1.1 proxy", "X-Request-Id", "7");

        assertThat(WhoAnswered.isFrom(vendor, body, headers)).isFalse();
    }

    @Test
    void anAnswerWithoutABodyIsGraphsIfItHasItsRequestId() {
        assertThat(WhoAnswered.isFrom(Vendor.GRAPH, null, Map.of("Request-Id", "1")))
                .isTrue();
        assertThat(WhoAnswered.isFrom(Vendor.GRAPH, null, Map.of())).isFalse();
        assertThat(WhoAnswered.isFrom(Vendor.CELONA, null, Map.of("request-id", "1")))
                .isFalse();
    }

    @Test
    void ofAPlatformOfOnesOwnOnlyPagesAreNotBelieved() {
        assertThat(WhoAnswered.isFrom(Vendor.UNKNOWN, "{\"problem\":\"no such device\"}", null))
                .isTrue();
        assertThat(WhoAnswered.isFrom(Vendor.UNKNOWN, "no such device", null)).isTrue();
        assertThat(WhoAnswered.isFrom(Vendor.UNKNOWN, "<html>sign in</html>", null))
                .isFalse();
    }
}
