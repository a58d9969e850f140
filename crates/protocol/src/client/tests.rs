use super::*;

fn refused(status: u16, body: &'static str) -> ClientError {
    let answer = Response::builder().status(status).body(Bytes::from(body));
    refuse(answer.expect("a status"), "https://v.example/x").expect_err("an error status")
}

#[test]
fn a_gateway_on_the_way_is_not_taken_for_another_server() {
    for status in [429, 500, 502, 503] {
        let error = refused(status, "<html>Bad gateway</html>");
        let url = "https://v.example/x".to_owned();
        assert_eq!(error, ClientError::Unanswered { url, status });
        assert!(error.is_passing());
    }
    let error = refused(404, "<html>Not found</html>");
    assert!(matches!(error, ClientError::NotAVerifier(_)) && !error.is_passing());
}
