using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace KioskLink.Cli.FakeRegister;

/// <summary>Answers every call with one request and one answer from the script, so that no service has to be written for it.</summary>
internal sealed class ScriptedCalls(Script script) : Interceptor
{
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        script.Caller = context.GetHttpContext().Connection.ClientCertificate?.Subject ?? "";
        return script.Answer<TResponse>((IMessage)request);
    }
}
