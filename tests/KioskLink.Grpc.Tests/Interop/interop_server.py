"""A server of Debian's python3-grpcio with the public interoperability service.

usage: interop_server.py STUBS [CA CERTIFICATE KEY]
Prints `LISTENING port`, serves until it is stopped.
"""

import concurrent.futures
import sys
import time

import grpc

sys.path.insert(0, sys.argv[1])
import testing_pb2 as pb  # noqa: E402  (generated into the folder named first)

INITIAL, TRAILING = "x-grpc-test-echo-initial", "x-grpc-test-echo-trailing-bin"


def echo_metadata(context):
    metadata = dict(context.invocation_metadata())
    if INITIAL in metadata:
        context.send_initial_metadata(((INITIAL, metadata[INITIAL]),))
    if TRAILING in metadata:
        context.set_trailing_metadata(((TRAILING, metadata[TRAILING]),))


def abort_if_asked(request, context):
    if request.response_status.code:
        code = next(code for code in grpc.StatusCode if code.value[0] == request.response_status.code)
        context.abort(code, request.response_status.message)


def empty_call(request, context):
    echo_metadata(context)
    return pb.Empty()


def unary_call(request, context):
    echo_metadata(context)
    abort_if_asked(request, context)
    return pb.SimpleResponse(payload=pb.Payload(body=bytes(request.response_size)))


def streaming_output_call(request, context):
    for wanted in request.response_parameters:
        time.sleep(wanted.interval_us / 1e6)
        yield pb.StreamingOutputCallResponse(payload=pb.Payload(body=bytes(wanted.size)))


def streaming_input_call(requests, context):
    return pb.StreamingInputCallResponse(aggregated_payload_size=sum(len(request.payload.body) for request in requests))


def full_duplex_call(requests, context):
    echo_metadata(context)
    for request in requests:
        abort_if_asked(request, context)
        yield from streaming_output_call(request, context)


def open_port(server, credentials):
    if not credentials:
        return server.add_insecure_port("127.0.0.1:0")
    ca, certificate, key = (open(path, "rb").read() for path in credentials)
    return server.add_secure_port("127.0.0.1:0", grpc.ssl_server_credentials([(key, certificate)], ca, require_client_auth=True))


def handlers():
    def handler(kind, method, request, response):
        return getattr(grpc, kind + "_rpc_method_handler")(method, request.FromString, response.SerializeToString)

    return {
        "EmptyCall": handler("unary_unary", empty_call, pb.Empty, pb.Empty),
        "UnaryCall": handler("unary_unary", unary_call, pb.SimpleRequest, pb.SimpleResponse),
        "StreamingOutputCall": handler("unary_stream", streaming_output_call, pb.StreamingOutputCallRequest, pb.StreamingOutputCallResponse),
        "StreamingInputCall": handler("stream_unary", streaming_input_call, pb.StreamingInputCallRequest, pb.StreamingInputCallResponse),
        "FullDuplexCall": handler("stream_stream", full_duplex_call, pb.StreamingOutputCallRequest, pb.StreamingOutputCallResponse),
    }


if __name__ == "__main__":
    server = grpc.server(concurrent.futures.ThreadPoolExecutor(max_workers=16), compression=grpc.Compression.Gzip)
    server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler("grpc.testing.TestService", handlers()),))
    port = open_port(server, sys.argv[2:])
    server.start()
    print("LISTENING", port, flush=True)
    server.wait_for_termination()
