"""Words of the three-level network 三级学前教育公共服务网络, with their Chinese."""

from shared.schemas import Code


class NetworkGap(Code):
    """What a town lacks."""

    NO_KINDERGARTEN = "no_kindergarten", "无在办幼儿园", "no kindergarten operates"
    NO_CENTRE = "no_centre", "无公办中心园", "no public centre kindergarten"
    SEATS_SHORT = "seats_short", "学位不足", "fewer seats than children of age"


class GeometryType(Code):
    """Of GeoJSON (RFC 7946)."""

    POINT = "Point", "点", "point"
    POLYGON = "Polygon", "面", "polygon"
    MULTI_POLYGON = "MultiPolygon", "多面", "polygons"


class NetworkLayer(Code):
    """What a feature of the map is."""

    DISTRICT = "district", "区界", "outline of the district"
    TOWN = "town", "镇乡街道", "town"
    KINDERGARTEN = "kindergarten", "幼儿园", "kindergarten"
    CAMPUS = "campus", "园址", "campus"
