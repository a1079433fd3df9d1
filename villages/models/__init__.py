from villages.models.libraries import Library
from villages.models.regions import District, Province, Regency, Village

__all__ = ["District", "Library", "Province", "Regency", "Village"]
