using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Reflection.V1;
using static Grpc.Reflection.V1.ServerReflectionRequest;

namespace Grpc.Reflection;

/// <summary>Answers which services and messages the server has (gRPC server reflection protocol).</summary>
public class ReflectionServiceImpl : ServerReflection.ServerReflectionBase
{
    private readonly IReadOnlyCollection<string> _services;
    private readonly SymbolRegistry _symbols;

    /// <summary>Reflection over these services and the files they need.</summary>
    public ReflectionServiceImpl(IEnumerable<ServiceDescriptor> services)
    {
        var descriptors = services.ToList();
        _services = new SortedSet<string>(descriptors.Select(service => service.FullName), StringComparer.Ordinal);
        _symbols = SymbolRegistry.FromFiles(descriptors.Select(service => service.File));
    }

    /// <inheritdoc/>
    public override async Task ServerReflectionInfo(
        IAsyncStreamReader<ServerReflectionRequest> requestStream,
        IServerStreamWriter<ServerReflectionResponse> responseStream,
        ServerCallContext context)
    {
        await foreach (var request in requestStream.ReadAllAsync(context.CancellationToken).ConfigureAwait(false))
            await responseStream.WriteAsync(Answer(request)).ConfigureAwait(false);
    }

    private ServerReflectionResponse Answer(ServerReflectionRequest request)
    {
        var answer = request.MessageRequestCase switch
        {
            MessageRequestOneofCase.ListServices => ListServices(),
            MessageRequestOneofCase.FileByFilename => Files(_symbols.FileByName(request.FileByFilename), request.FileByFilename),
            MessageRequestOneofCase.FileContainingSymbol => Files(_symbols.FileContaining(request.FileContainingSymbol), request.FileContainingSymbol),
            MessageRequestOneofCase.FileContainingExtension => Error(StatusCode.NotFound, "No message here has extensions."),
            MessageRequestOneofCase.AllExtensionNumbersOfType => Error(StatusCode.NotFound, "No message here has extensions."),
            _ => Error(StatusCode.InvalidArgument, "The request asks nothing."),
        };
        answer.ValidHost = request.Host;
        answer.OriginalRequest = request;
        return answer;
    }

    private ServerReflectionResponse ListServices() => new()
    {
        ListServicesResponse = new ListServiceResponse { Service = { _services.Select(name => new ServiceResponse { Name = name }) } },
    };

    private static ServerReflectionResponse Files(FileDescriptor? file, string wanted) => file is null
        ? Error(StatusCode.NotFound, $"Nothing here is called {wanted}.")
        : new ServerReflectionResponse
        {
            FileDescriptorResponse = new FileDescriptorResponse
            {
                FileDescriptorProto = { SymbolRegistry.WithDependencies(file).Select(needed => needed.SerializedData) },
            },
        };

    private static ServerReflectionResponse Error(StatusCode code, string message) => new()
    {
        ErrorResponse = new ErrorResponse { ErrorCode = (int)code, ErrorMessage = message },
    };
}
