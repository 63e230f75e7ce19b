using Grpc.Core;

namespace Grpc.Testing;

/// <summary>A test service whose methods a test writes on the spot.</summary>
internal sealed class ScriptedService : TestService.TestServiceBase
{
    internal UnaryServerMethod<SimpleRequest, SimpleResponse> Unary { get; set; } = (_, _) => Task.FromResult(new SimpleResponse());

    internal ClientStreamingServerMethod<StreamingInputCallRequest, StreamingInputCallResponse> Input { get; set; } = (_, _) => Task.FromResult(new StreamingInputCallResponse());

    internal ServerStreamingServerMethod<StreamingOutputCallRequest, StreamingOutputCallResponse> Output { get; set; } = (_, _, _) => Task.CompletedTask;

    internal DuplexStreamingServerMethod<StreamingOutputCallRequest, StreamingOutputCallResponse> Duplex { get; set; } = (_, _, _) => Task.CompletedTask;

    public override Task<SimpleResponse> UnaryCall(SimpleRequest request, ServerCallContext context) => Unary(request, context);

    public override Task<StreamingInputCallResponse> StreamingInputCall(IAsyncStreamReader<StreamingInputCallRequest> requestStream, ServerCallContext context) => Input(requestStream, context);

    public override Task StreamingOutputCall(StreamingOutputCallRequest request, IServerStreamWriter<StreamingOutputCallResponse> responseStream, ServerCallContext context) => Output(request, responseStream, context);

    public override Task FullDuplexCall(IAsyncStreamReader<StreamingOutputCallRequest> requestStream, IServerStreamWriter<StreamingOutputCallResponse> responseStream, ServerCallContext context) => Duplex(requestStream, responseStream, context);
}
