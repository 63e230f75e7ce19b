"""A client of Debian's python3-grpcio that puts one case of the public interoperability list to a server.

usage: interop_client.py STUBS TARGET CASE [CA CERTIFICATE KEY]
Ends with 0 after `passed CASE`, or with the assertion that failed.
"""

import sys

import grpc

sys.path.insert(0, sys.argv[1])
import health_pb2 as health  # noqa: E402  (generated into the folder named first)
import reflection_pb2 as reflection  # noqa: E402
import testing_pb2 as pb  # noqa: E402

PREFIX = "/grpc.testing.TestService/"
INITIAL, TRAILING = "x-grpc-test-echo-initial", "x-grpc-test-echo-trailing-bin"
SPECIAL = "\t\ntest with whitespace\r\nand Unicode BMP \u263a and non-BMP \U0001F608\t\n"
PATIENCE = 30


def open_channel(target, credentials):
    if not credentials:
        return grpc.insecure_channel(target)
    ca, certificate, key = (open(path, "rb").read() for path in credentials)
    return grpc.secure_channel(target, grpc.ssl_channel_credentials(ca, key, certificate))


class Client:
    def __init__(self, channel):
        def method(kind, name, request, response, prefix=PREFIX):
            return getattr(channel, kind)(prefix + name, request.SerializeToString, response.FromString)

        self.method = method
        self.empty = method("unary_unary", "EmptyCall", pb.Empty, pb.Empty)
        self.unary = method("unary_unary", "UnaryCall", pb.SimpleRequest, pb.SimpleResponse)
        self.output = method("unary_stream", "StreamingOutputCall", pb.StreamingOutputCallRequest, pb.StreamingOutputCallResponse)
        self.input = method("stream_unary", "StreamingInputCall", pb.StreamingInputCallRequest, pb.StreamingInputCallResponse)
        self.duplex = method("stream_stream", "FullDuplexCall", pb.StreamingOutputCallRequest, pb.StreamingOutputCallResponse)
        self.unimplemented = method("unary_unary", "UnimplementedCall", pb.Empty, pb.Empty)
        self.no_service = method("unary_unary", "UnimplementedCall", pb.Empty, pb.Empty, "/grpc.testing.UnimplementedService/")


def payload(size):
    return pb.Payload(body=bytes(size))


def asking(*sizes, interval_us=0):
    parameters = [pb.ResponseParameters(size=size, interval_us=interval_us) for size in sizes]
    return pb.StreamingOutputCallRequest(response_parameters=parameters)


def failure(call):
    try:
        call()
    except grpc.RpcError as error:
        return error
    raise AssertionError("the call succeeded")


class Requests:
    """A stream of requests that waits for what the test puts in, and ends when told."""

    def __init__(self):
        import queue

        self.queue = queue.Queue()

    def put(self, request):
        self.queue.put(request)

    def end(self):
        self.queue.put(None)

    def __iter__(self):
        return iter(lambda: self.queue.get(), None)


def empty_unary(client):
    assert client.empty(pb.Empty(), timeout=PATIENCE) == pb.Empty()


def large_unary(client):
    response = client.unary(pb.SimpleRequest(response_size=314159, payload=payload(271828)), timeout=PATIENCE)
    assert response.payload.body == bytes(314159)


def client_streaming(client):
    requests = (pb.StreamingInputCallRequest(payload=payload(size)) for size in (27182, 8, 1828, 45904))
    assert client.input(requests, timeout=PATIENCE).aggregated_payload_size == 74922


def server_streaming(client):
    responses = client.output(asking(31415, 9, 2653, 58979), timeout=PATIENCE)
    assert [len(response.payload.body) for response in responses] == [31415, 9, 2653, 58979]


def ping_pong(client):
    requests = Requests()
    responses = client.duplex(iter(requests), timeout=PATIENCE)
    for size, pad in ((31415, 27182), (9, 8), (2653, 1828), (58979, 45904)):
        request = asking(size)
        request.payload.CopyFrom(payload(pad))
        requests.put(request)
        assert len(next(responses).payload.body) == size
    requests.end()
    assert list(responses) == [] and responses.code() == grpc.StatusCode.OK


def empty_stream(client):
    responses = client.duplex(iter(()), timeout=PATIENCE)
    assert list(responses) == [] and responses.code() == grpc.StatusCode.OK


def cancel_after_begin(client):
    call = client.input.future(iter(Requests()), timeout=PATIENCE)
    call.cancel()
    assert call.cancelled() and call.code() == grpc.StatusCode.CANCELLED


def cancel_after_first_response(client):
    requests = Requests()
    responses = client.duplex(iter(requests), timeout=PATIENCE)
    requests.put(asking(31415))
    assert len(next(responses).payload.body) == 31415
    responses.cancel()
    assert failure(lambda: next(responses)).code() == grpc.StatusCode.CANCELLED


def timeout_on_sleeping_server(client):
    requests = Requests()
    responses = client.duplex(iter(requests), timeout=0.05)
    requests.put(asking(1, interval_us=60_000_000))
    assert failure(lambda: next(responses)).code() == grpc.StatusCode.DEADLINE_EXCEEDED


def custom_metadata(client):
    metadata = ((INITIAL, "test_initial_metadata_value"), (TRAILING, b"\xab\xab\xab"))
    _, call = client.unary.with_call(pb.SimpleRequest(response_size=1), timeout=PATIENCE, metadata=metadata)
    assert dict(call.initial_metadata())[INITIAL] == "test_initial_metadata_value"
    assert dict(call.trailing_metadata())[TRAILING] == b"\xab\xab\xab"
    call = client.duplex(iter([asking(1)]), timeout=PATIENCE, metadata=metadata)
    assert len(list(call)) == 1
    assert dict(call.initial_metadata())[INITIAL] == "test_initial_metadata_value"
    assert dict(call.trailing_metadata())[TRAILING] == b"\xab\xab\xab"


def expect_status(client, message):
    status = pb.EchoStatus(code=2, message=message)
    error = failure(lambda: client.unary(pb.SimpleRequest(response_status=status), timeout=PATIENCE))
    assert (error.code(), error.details()) == (grpc.StatusCode.UNKNOWN, message), error
    error = failure(lambda: list(client.duplex(iter([pb.StreamingOutputCallRequest(response_status=status)]), timeout=PATIENCE)))
    assert (error.code(), error.details()) == (grpc.StatusCode.UNKNOWN, message), error


def status_code_and_message(client):
    expect_status(client, "test status message")


def special_status_message(client):
    expect_status(client, SPECIAL)


def unimplemented_method(client):
    error = failure(lambda: client.unimplemented(pb.Empty(), timeout=PATIENCE))
    assert error.code() == grpc.StatusCode.UNIMPLEMENTED


def unimplemented_service(client):
    error = failure(lambda: client.no_service(pb.Empty(), timeout=PATIENCE))
    assert error.code() == grpc.StatusCode.UNIMPLEMENTED and "no such service" in error.details(), error


def compressed_unary(client):
    request = pb.SimpleRequest(response_size=314159, payload=payload(271828))
    response = client.unary(request, timeout=PATIENCE, compression=grpc.Compression.Gzip)
    assert response.payload.body == bytes(314159)


def compressed_streams(client):
    requests = [asking(31415), asking(9)]
    responses = client.duplex(iter(requests), timeout=PATIENCE, compression=grpc.Compression.Gzip)
    assert [len(response.payload.body) for response in responses] == [31415, 9]


def unknown_encoding(client):
    error = failure(lambda: client.unary(pb.SimpleRequest(payload=payload(5000)), timeout=PATIENCE, compression=grpc.Compression.Deflate))
    assert error.code() == grpc.StatusCode.UNIMPLEMENTED, error


def too_large_request(client):
    error = failure(lambda: client.unary(pb.SimpleRequest(payload=payload(5 * 1024 * 1024)), timeout=PATIENCE))
    assert error.code() == grpc.StatusCode.RESOURCE_EXHAUSTED, error


def health_check_and_watch(client):
    prefix = "/grpc.health.v1.Health/"
    check = client.method("unary_unary", "Check", health.HealthCheckRequest, health.HealthCheckResponse, prefix)
    watch = client.method("unary_stream", "Watch", health.HealthCheckRequest, health.HealthCheckResponse, prefix)
    assert check(health.HealthCheckRequest(), timeout=PATIENCE).status == health.HealthCheckResponse.SERVING
    assert failure(lambda: check(health.HealthCheckRequest(service="none"), timeout=PATIENCE)).code() == grpc.StatusCode.NOT_FOUND
    statuses = watch(health.HealthCheckRequest(service="none"), timeout=PATIENCE)
    assert next(statuses).status == health.HealthCheckResponse.SERVICE_UNKNOWN
    statuses.cancel()


def dynamic_call_by_reflection(client):
    """What grpcurl does: knows no proto, asks the server for them, and calls a method with messages made from the answers."""
    from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

    ask = client.method(
        "stream_stream", "ServerReflectionInfo", reflection.ServerReflectionRequest, reflection.ServerReflectionResponse,
        "/grpc.reflection.v1.ServerReflection/",
    )
    requests = Requests()
    answers = ask(iter(requests), timeout=PATIENCE)
    requests.put(reflection.ServerReflectionRequest(list_services=""))
    services = [service.name for service in next(answers).list_services_response.service]
    assert "grpc.testing.TestService" in services, services
    files = {}
    for service in services:
        requests.put(reflection.ServerReflectionRequest(file_containing_symbol=service))
        for serialized in next(answers).file_descriptor_response.file_descriptor_proto:
            file = descriptor_pb2.FileDescriptorProto.FromString(serialized)
            files[file.name] = file
    requests.end()
    assert list(answers) == []

    pool = descriptor_pool.DescriptorPool()
    added = set()

    def add(file):
        if file.name not in added:
            added.add(file.name)
            for name in file.dependency:
                add(files[name])
            pool.Add(file)

    for file in files.values():
        add(file)
    method = pool.FindServiceByName("grpc.testing.TestService").FindMethodByName("UnaryCall")
    factory = message_factory.MessageFactory(pool)
    call = client.method("unary_unary", method.name, factory.GetPrototype(method.input_type), factory.GetPrototype(method.output_type))
    request = factory.GetPrototype(method.input_type)(response_size=7)
    assert len(call(request, timeout=PATIENCE).payload.body) == 7


if __name__ == "__main__":
    case = sys.argv[3]
    with open_channel(sys.argv[2], sys.argv[4:]) as channel:
        globals()[case](Client(channel))
    print("passed", case)
